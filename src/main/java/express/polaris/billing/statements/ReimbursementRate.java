package express.polaris.billing.statements;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * What the employer pays per kWh, in the installation's currency.
 *
 * @param from first day, in the driver's time zone
 * @param to last day; empty = until further notice
 */
public record ReimbursementRate(LocalDate from, Optional<LocalDate> to, Kind kind, BigDecimal amount) {

    /** Amount suggested for a fixed rate, per kWh. */
    public static final BigDecimal SUGGESTED = new BigDecimal("0.34");

    /** How the amount came about. */
    public enum Kind {
        /** Agreed with the employer, or set by a tax office. */
        FIXED,
        /** The price of a kWh in the household's own electricity contract. */
        HOUSEHOLD;

        /** Name in the database, in JSON and in text keys. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    boolean isValidOn(LocalDate day) {
        return !day.isBefore(from) && to.filter(day::isAfter).isEmpty();
    }

    boolean overlaps(ReimbursementRate other) {
        return !from.isAfter(other.to.orElse(LocalDate.MAX)) && !other.from.isAfter(to.orElse(LocalDate.MAX));
    }
}
