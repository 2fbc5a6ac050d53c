package express.polaris.metering;

import java.util.Locale;

/** Remarkable property of an event. */
public enum ReadingFlag {
    /** The register was reset with this reading; the sum continues from the new base. */
    METER_RESET,
    /** The register was reset to a higher value, by more than the connector can have delivered. */
    IMPLAUSIBLE,
    /** Closing event that compensates for a meter reset. */
    RESET_CORRECTION,
    /** Event that takes energy back, or corrects sealed events. */
    CORRECTION;

    /** Name in the database and in the API, e.g. {@code meter_reset}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such flag */
    public static ReadingFlag ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
