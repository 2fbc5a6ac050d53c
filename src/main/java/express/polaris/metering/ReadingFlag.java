package express.polaris.metering;

import java.util.Locale;

/** What is remarkable about an event. */
public enum ReadingFlag {
    /** The register begins anew with this reading: the sum goes on from the new base. */
    METER_RESET,
    /** The register begins anew above where it was, by more than the connector can have delivered. */
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
