package express.polaris.sync;

/** What became of a wish to close a session by force. */
public sealed interface ForceCloseResult {

    /** Closed in SteVe. @param message for operators */
    record Closed(String message) implements ForceCloseResult {}

    record NotFound() implements ForceCloseResult {}

    /** SteVe does not have it as active any more. */
    record NotActive() implements ForceCloseResult {}

    /** It has no energy, and nobody confirmed that this is right. Nothing was done. */
    record NeedsConfirmation() implements ForceCloseResult {}

    /** SteVe gave no answer; the charger may have been asked. */
    record SteveDown() implements ForceCloseResult {}
}
