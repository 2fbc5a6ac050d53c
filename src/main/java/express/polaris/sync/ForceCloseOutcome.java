package express.polaris.sync;

import express.polaris.stations.chargers.CommandOutcome;

/**
 * Result of force-closing a session.
 *
 * @param by who closed it
 * @param charger the charger's answer to the remote stop
 * @param message for operators, in English
 */
public record ForceCloseOutcome(By by, CommandOutcome.Kind charger, String message) {

    /** Who closed the transaction. */
    public enum By {
        CHARGER,
        STEVE
    }
}
