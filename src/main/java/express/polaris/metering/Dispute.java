package express.polaris.metering;

import java.util.Locale;

/** In which way SteVe's number and the measured one do not agree. */
public enum Dispute {
    /** SteVe's is smaller than what was measured: energy may be lost. */
    STEVE_SMALLER,
    /** SteVe's is larger than what can have flowed: energy may be invented. */
    STEVE_LARGER;

    /** The name in the database, e.g. {@code steve_smaller}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such dispute */
    public static Dispute ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
