package express.polaris.platform.refusals;

/** Request that conflicts with the stored state: 409. */
public final class Conflict extends Refusal {

    private static final long serialVersionUID = 1L;

    /**
     * @param wording what prevents the request
     */
    public Conflict(Wording wording) {
        super(wording);
    }

    @Override
    ProblemDetail problem() {
        return ProblemDetail.of(409, detail());
    }
}
