package express.polaris.platform.refusals;

import java.io.Serializable;

/**
 * One fault in the input.
 *
 * @param field name of the field in the input, e.g. {@code email} or {@code charges[0].properties}
 * @param wording what is wrong and what would be right
 */
public record Fault(String field, Wording wording) implements Serializable {

    /** The English message, for API clients. */
    public String message() {
        return wording.english();
    }
}
