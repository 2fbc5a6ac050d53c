package express.polaris.platform.refusals;

/**
 * Something that is not done, with the reason for people and programs. Refusals are answers, not failures: nobody logs
 * them.
 */
public abstract sealed class Refusal extends RuntimeException
        permits BadParameter, Conflict, InvalidInput, NotFound, TooMany, Unauthorized, Unavailable {

    private static final long serialVersionUID = 1L;

    private final Wording wording;

    Refusal(Wording wording) {
        super(wording.english(), null, false, false);
        this.wording = wording;
    }

    abstract ProblemDetail problem();

    /** The status of the answer to the request. */
    public final int status() {
        return problem().status();
    }

    /** The reason, to be said in the language of its reader. */
    public final Wording wording() {
        return wording;
    }

    /** The reason in English, as programs get it. */
    public final String detail() {
        return wording.english();
    }
}
