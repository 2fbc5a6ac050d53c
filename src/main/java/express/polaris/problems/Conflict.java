package express.polaris.problems;

/** What is asked for does not go together with what is there: 409. */
public final class Conflict extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param detail what stands against it, e.g. "An account with this e-mail address exists already." */
    public Conflict(String detail) {
        super(detail);
    }

    @Override
    Problem problem() {
        return Problem.of(409, detail());
    }
}
