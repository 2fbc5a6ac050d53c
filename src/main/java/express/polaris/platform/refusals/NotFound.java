package express.polaris.platform.refusals;

/**
 * The object does not exist, belongs to someone else, or the id is malformed: always the same 404, so that a client
 * cannot tell these apart.
 */
public final class NotFound extends Refusal {

    private static final long serialVersionUID = 1L;

    public NotFound() {
        super(RequestReason.NOTHING_HERE.with());
    }

    @Override
    ProblemDetail problem() {
        return ProblemDetail.of(404, detail());
    }
}
