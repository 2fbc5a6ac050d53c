package express.polaris.billing.pricing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Start of billing periods, as in Lago. */
public enum BillingTime {

    /** On Mondays, or on the first day of a month, quarter, half-year or year. */
    CALENDAR,

    /** On the anchor's local day, clamped to the end of shorter months. */
    ANNIVERSARY;

    /** Parses Lago's name ("calendar"); empty for an unknown name. */
    public static Optional<BillingTime> named(String name) {
        return Arrays.stream(values())
                .filter(time -> time.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
