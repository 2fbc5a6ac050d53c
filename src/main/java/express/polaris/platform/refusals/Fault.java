package express.polaris.platform.refusals;

import java.io.Serializable;

/**
 * One thing that is wrong with what was sent.
 *
 * @param field the field as the sender calls it, e.g. {@code email} or {@code charges[0].properties}
 * @param wording what is wrong and what would be right
 */
public record Fault(String field, Wording wording) implements Serializable {

    /** The English message, for API clients. */
    public String message() {
        return wording.english();
    }
}
