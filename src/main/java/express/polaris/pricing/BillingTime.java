package express.polaris.pricing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where billing periods begin, as in Lago. */
public enum BillingTime {

    /** On Mondays, on the first of a month, quarter, half-year or year. */
    CALENDAR,

    /** On the local day of the anchor, clamped to the end of shorter months. */
    ANNIVERSARY;

    /** By Lago's name ("calendar"); empty when Lago has no such billing time. */
    public static Optional<BillingTime> named(String name) {
        return Arrays.stream(values())
                .filter(time -> time.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
