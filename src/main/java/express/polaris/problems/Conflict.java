package express.polaris.problems;

/** What is asked for does not go together with what is there: 409. */
public final class Conflict extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param wording what stands against it */
    public Conflict(Wording wording) {
        super(wording);
    }

    @Override
    Problem problem() {
        return Problem.of(409, detail());
    }
}
