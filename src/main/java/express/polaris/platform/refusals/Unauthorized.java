package express.polaris.platform.refusals;

/** The sender has not proven who they are: 401. */
public final class Unauthorized extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param wording a sentence that does not tell what was wrong */
    public Unauthorized(Wording wording) {
        super(wording);
    }

    @Override
    ProblemDetail problem() {
        return ProblemDetail.of(401, detail());
    }
}
