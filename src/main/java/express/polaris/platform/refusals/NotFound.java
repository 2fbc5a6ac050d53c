package express.polaris.platform.refusals;

/** Not there, not yours, or not even an id: always the same 404, without any data to tell them apart. */
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
