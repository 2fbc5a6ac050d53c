package express.polaris.sessions;

import express.polaris.platform.refusals.Reason;

/** Reasons for refusing a request about a session. */
public enum SessionReason implements Reason {
    NOT_ACTIVE("Session {0} is no longer active."),
    ID_REUSED(
            "SteVe now has another session under the number {0}, so nothing was sent. Stop at the charger, or ask your operator."),
    LIVE("Session {0} is live. Decide its energy once it has ended."),
    NO_STEVE_ENERGY(
            "SteVe has no energy for session {0}: its stop value is missing or below the start value. Use \"measured\" or \"value\"."),
    NOT_MEASURED("Session {0} has not been read yet, so nothing is measured. Use \"steve\" or \"value\"."),
    NOTHING_TO_CONFIRM("No energy of session {0} needs confirmation."),
    INVOICED("Session {0} is on an invoice and cannot be moved; grant a credit instead."),
    USE("Must be \"steve\", \"measured\" or \"value\"."),
    ENERGY("Must be a number of kWh from 0 to 1000000 with at most 6 decimals, e.g. \"12.5\"."),
    ENERGY_UNUSED("Allowed only with \"use\": \"value\".");

    private final String english;

    SessionReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
