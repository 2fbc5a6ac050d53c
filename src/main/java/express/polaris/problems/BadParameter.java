package express.polaris.problems;

import java.util.List;

/** A parameter of the query that cannot be used: 400, naming it. */
public final class BadParameter extends Refusal {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** @param allowed what would be right, e.g. "a number from 1 to 200" */
    public BadParameter(String parameter, String allowed) {
        super("The parameter \"" + parameter + "\" must be " + allowed + ".");
        this.parameter = parameter;
    }

    private BadParameter(String parameter, String sentence, boolean complete) {
        super(sentence);
        this.parameter = parameter;
    }

    public static BadParameter unknown(String parameter) {
        return new BadParameter(parameter, "The parameter \"" + parameter + "\" is not known here.", true);
    }

    public static BadParameter missing(String parameter) {
        return new BadParameter(parameter, "The parameter \"" + parameter + "\" is missing.", true);
    }

    public String parameter() {
        return parameter;
    }

    @Override
    Problem problem() {
        return new Problem(400, detail(), List.of(new Fault(parameter, detail())));
    }
}
