package express.polaris.billing;

import express.polaris.wording.Wording;

/**
 * One fault in what was given.
 *
 * @param field by its name in the JSON API, e.g. {@code charges[0].properties.amount}
 * @param wording what is wrong and what would be right
 */
public record Fault(String field, Wording wording) {

    /** In English, as programs get it. */
    public String message() {
        return wording.english();
    }
}
