package express.polaris.chargers;

/**
 * What a charger made of a command.
 *
 * @param message for people: in English, with the charger's own word where it declined
 */
public record CommandOutcome(Kind kind, String message) {

    /** In lower case these are the words of the JSON API. */
    public enum Kind {
        ACCEPTED,
        /** The charger declined. */
        REJECTED,
        /** SteVe has no connection to the charger. */
        UNREACHABLE,
        /** The charger has not answered within SteVe's 30 seconds; it may act yet. */
        TIMEOUT
    }
}
