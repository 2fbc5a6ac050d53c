package express.polaris.steve;

/** An answer that is not the JSON it should be; whoever made the call adds which call it was. */
final class UnreadableAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswer(String message) {
        super(message);
    }
}
