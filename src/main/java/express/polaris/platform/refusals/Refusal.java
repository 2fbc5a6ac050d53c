package express.polaris.platform.refusals;

/** Refused request, with a reason for people and for API clients. A refusal is an expected answer and is not logged. */
public abstract sealed class Refusal extends RuntimeException
        permits BadParameter, Conflict, InvalidInput, NotFound, TooMany, Unauthorized, Unavailable {

    private static final long serialVersionUID = 1L;

    private final Wording wording;

    Refusal(Wording wording) {
        super(wording.english(), null, false, false);
        this.wording = wording;
    }

    abstract ProblemDetail problem();

    /** HTTP status of the answer. */
    public final int status() {
        return problem().status();
    }

    /** The reason, to be translated into the reader's language. */
    public final Wording wording() {
        return wording;
    }

    /** The reason in English, for API clients. */
    public final String detail() {
        return wording.english();
    }
}
