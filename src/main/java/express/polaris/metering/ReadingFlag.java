package express.polaris.metering;

import java.util.Locale;

/** What is remarkable about an event. */
public enum ReadingFlag {
    /** The register fell and stayed low: the sum goes on from the new base. */
    METER_RESET,
    /** More energy than 1.5 times the connector's limit could deliver in the event's time. */
    IMPLAUSIBLE,
    /** A closing event that makes up for a meter reset. */
    RESET_CORRECTION,
    /** A closing event that takes energy back. */
    CORRECTION;

    /** The name in the database and in the API, e.g. {@code meter_reset}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such flag */
    public static ReadingFlag ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
