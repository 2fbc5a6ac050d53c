package express.polaris.problems;

/** Something this depends on does not answer now: 503. */
public final class Unavailable extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param wording what is not there for the moment */
    public Unavailable(Wording wording) {
        super(wording);
    }

    @Override
    Problem problem() {
        return Problem.of(503, detail());
    }
}
