package express.polaris.sessions;

import express.polaris.platform.refusals.Reason;

/** Why what is asked of a session is refused. */
public enum SessionReason implements Reason {
    NOT_ACTIVE("Session {0} is not active any more."),
    ID_REUSED(
            "SteVe has another charge under the number {0} by now, so nothing was sent; ask the operator, or stop at the charger."),
    LIVE("Session {0} is live. Decide its energy once it has ended."),
    NO_STEVE_ENERGY(
            "SteVe has no energy for session {0}: its stop value is missing or below the start value. Use \"measured\" or \"value\"."),
    NOT_MEASURED("Session {0} has not been read yet, so nothing is measured. Use \"steve\" or \"value\"."),
    NOTHING_TO_CONFIRM("No energy of session {0} waits for a confirmation."),
    INVOICED("Session {0} is on an invoice and stays where it is; grant a credit instead."),
    USE("Must be \"steve\", \"measured\" or \"value\"."),
    ENERGY("Must be a number of kWh from 0 to 1000000 with at most 6 decimals, e.g. \"12.5\"."),
    ENERGY_UNUSED("Is given with \"use\": \"value\" alone.");

    private final String english;

    SessionReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
