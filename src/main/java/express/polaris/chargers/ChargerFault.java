package express.polaris.chargers;

import express.polaris.wording.Wording;

/** One fault in what was given: the field by its name in the JSON API, and what would be right. */
public record ChargerFault(String field, Wording wording) {

    /** In English, as programs get it. */
    public String message() {
        return wording.english();
    }
}
