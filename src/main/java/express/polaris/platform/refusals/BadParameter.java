package express.polaris.platform.refusals;

import java.util.List;

/** Missing, unknown or invalid query parameter: 400 with its name. */
public final class BadParameter extends Refusal {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    /**
     * @param allowed completes "must be …", e.g. "a number from 1 to 200"; English, because only API clients read it
     */
    public BadParameter(String parameter, String allowed) {
        this(parameter, RequestReason.PARAMETER.with(parameter, allowed));
    }

    private BadParameter(String parameter, Wording wording) {
        super(wording);
        this.parameter = parameter;
    }

    public static BadParameter unknown(String parameter) {
        return new BadParameter(parameter, RequestReason.PARAMETER_UNKNOWN.with(parameter));
    }

    public static BadParameter missing(String parameter) {
        return new BadParameter(parameter, RequestReason.PARAMETER_MISSING.with(parameter));
    }

    public String parameter() {
        return parameter;
    }

    @Override
    ProblemDetail problem() {
        return new ProblemDetail(400, detail(), List.of(new Fault(parameter, wording())));
    }
}
