package express.polaris.problems;

/** Who asks has not proven who they are: 401. */
public final class Unauthorized extends Refusal {

    private static final long serialVersionUID = 1L;

    /** @param detail a sentence that does not tell what was wrong */
    public Unauthorized(String detail) {
        super(detail);
    }

    @Override
    Problem problem() {
        return Problem.of(401, detail());
    }
}
