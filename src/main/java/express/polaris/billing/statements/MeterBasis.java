package express.polaris.billing.statements;

import java.util.Locale;

/** How a line's energy follows from the charger's meter. */
public enum MeterBasis {
    /** Meter stop − meter start, exactly. */
    METER,
    /** An operator has decided the energy. */
    DECIDED,
    /** The sum of the readings, because no stop value fits them. */
    READINGS,
    /** The session is no longer the driver's; its energy is taken back. */
    WITHDRAWN;

    /** Name in the database, in JSON and in text keys. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MeterBasis of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
