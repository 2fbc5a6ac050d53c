package express.polaris.problems;

/** Something this depends on does not answer now: 503. */
public final class Unavailable extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param detail what is not there for the moment, e.g. "The charging system does not answer at the moment." */
    public Unavailable(String detail) {
        super(detail);
    }

    @Override
    Problem problem() {
        return Problem.of(503, detail());
    }
}
