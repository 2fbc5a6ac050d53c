package express.polaris.platform.refusals;

/** Required service that does not answer: 503. */
public final class Unavailable extends Refusal {

    private static final long serialVersionUID = 1L;

    /**
     * @param wording what is unavailable
     */
    public Unavailable(Wording wording) {
        super(wording);
    }

    @Override
    ProblemDetail problem() {
        return ProblemDetail.of(503, detail());
    }
}
