package express.polaris.sync;

import express.polaris.stations.chargers.CommandOutcome;

/**
 * A session that was closed by force.
 *
 * @param by who closed it
 * @param charger the charger's answer to the wish to stop
 * @param message for operators, in English
 */
public record ForceCloseOutcome(By by, CommandOutcome.Kind charger, String message) {

    /** Who has closed a transaction. */
    public enum By {
        CHARGER,
        STEVE
    }
}
