package express.polaris.sync;

import express.polaris.chargers.CommandOutcome;

/** What became of a wish to close a session by force. */
public sealed interface ForceCloseResult {

    /**
     * Closed in SteVe.
     *
     * @param by who closed it
     * @param charger what the charger made of the wish to stop
     * @param message for operators, in English
     */
    record Closed(By by, CommandOutcome.Kind charger, String message) implements ForceCloseResult {}

    /** Who has closed a transaction. */
    enum By {
        CHARGER,
        STEVE
    }

    record NotFound() implements ForceCloseResult {}

    /** SteVe does not have it as active any more. */
    record NotActive() implements ForceCloseResult {}

    /** It has no energy, and nobody confirmed that this is right. Nothing was done. */
    record NeedsConfirmation() implements ForceCloseResult {}

    /** SteVe has another charge under its id, which would be closed instead. Nothing was done. */
    record IdReused() implements ForceCloseResult {}

    /** SteVe gave no answer; the charger may have been asked. */
    record SteveDown() implements ForceCloseResult {}
}
