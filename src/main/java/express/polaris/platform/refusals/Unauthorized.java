package express.polaris.platform.refusals;

/** Request by a client that is not authenticated: 401. */
public final class Unauthorized extends Refusal {

    private static final long serialVersionUID = 1L;

    /**
     * @param wording must not reveal which part of the credentials was wrong
     */
    public Unauthorized(Wording wording) {
        super(wording);
    }

    @Override
    ProblemDetail problem() {
        return ProblemDetail.of(401, detail());
    }
}
