package express.polaris.problems;

/** Something that is not done, with a sentence for whoever asked. Refusals are answers, not faults: nobody logs them. */
public abstract sealed class Refusal extends RuntimeException
        permits BadParameter, Conflict, InvalidInput, NotFound, TooMany, Unauthorized, Unavailable {

    private static final long serialVersionUID = 1L;

    /** @param detail a sentence that may be shown as it is */
    Refusal(String detail) {
        super(detail, null, false, false);
    }

    abstract Problem problem();

    /** The sentence that may be shown. */
    public final String detail() {
        return String.valueOf(getMessage());
    }
}
