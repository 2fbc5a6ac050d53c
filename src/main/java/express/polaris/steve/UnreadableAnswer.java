package express.polaris.steve;

/** The answer is not the expected JSON; the caller adds which call it was. */
final class UnreadableAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswer(String message) {
        super(message);
    }
}
