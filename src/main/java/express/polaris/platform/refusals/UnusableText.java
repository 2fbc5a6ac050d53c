package express.polaris.platform.refusals;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/** Well-formed value in a JSON body that cannot be stored: 422 with its field. */
public final class UnusableText extends DatabindException {

    private static final long serialVersionUID = 1L;

    private final Wording wording;

    /**
     * @param wording what would be right
     */
    public UnusableText(JsonParser parser, Wording wording) {
        super(parser, wording.english());
        this.wording = wording;
    }

    Wording wording() {
        return wording;
    }
}
