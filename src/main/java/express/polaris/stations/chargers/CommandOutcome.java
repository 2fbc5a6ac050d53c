package express.polaris.stations.chargers;

/**
 * Outcome of a command at a charger.
 *
 * @param message for users, in English; contains the charger's status if it declined
 */
public record CommandOutcome(Kind kind, String message) {

    /** Kind of outcome; in lower case, the JSON API's value. */
    public enum Kind {
        ACCEPTED,
        /** The charger declined, or SteVe did not pass the command on. */
        REJECTED,
        /** SteVe has no connection to the charger. */
        UNREACHABLE,
        /** The charger has not answered within SteVe's 30 seconds; it may still act. */
        TIMEOUT
    }
}
