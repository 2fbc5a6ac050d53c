package express.polaris.metering;

import java.util.Locale;

/** How SteVe's energy and the measured one disagree. */
public enum Dispute {
    /** SteVe's energy is smaller than the measured one: energy may be lost. */
    STEVE_SMALLER,
    /** SteVe's energy is larger than what can have flowed: energy may be fictitious. */
    STEVE_LARGER;

    /** Name in the database, e.g. {@code steve_smaller}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such dispute */
    public static Dispute ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
