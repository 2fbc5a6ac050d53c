package express.polaris.pricing;

import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The share of a plan's fee for part of a billing period: fee × days / days of the period.
 *
 * @param days paid for, from none to all
 * @param periodDays days of the whole period, at least one
 */
public record Proration(long days, long periodDays) {

    /**
     * 34 digits, half up, where the quotient does not end. That is so far below any currency's digits that rounding the
     * share afterwards gives what rounding the exact quotient would.
     */
    private static final MathContext PRECISION = new MathContext(34, RoundingMode.HALF_UP);

    /** @throws IllegalArgumentException when the days do not fit into the period */
    public Proration {
        if (periodDays < 1 || days < 0 || days > periodDays) {
            throw new IllegalArgumentException("A proration needs 0 to all days of a period of at least one day ("
                    + days + " of " + periodDays + ")");
        }
    }

    /**
     * Counts local calendar days, however many hours they have. A day that a change of plan splits counts once, for the
     * part that holds its end.
     *
     * @param part within the period
     */
    public static Proration of(Interval part, Interval period, ZoneId zone) {
        return new Proration(days(part, zone), days(period, zone));
    }

    /** The share, to 34 digits; the whole fee exactly when all days are paid. Not rounded to a currency. */
    public BigDecimal of(BigDecimal fee) {
        return days == periodDays
                ? fee
                : fee.multiply(BigDecimal.valueOf(days)).divide(BigDecimal.valueOf(periodDays), PRECISION);
    }

    private static long days(Interval interval, ZoneId zone) {
        return ChronoUnit.DAYS.between(
                interval.from().atZone(zone).toLocalDate(),
                interval.to().atZone(zone).toLocalDate());
    }
}
