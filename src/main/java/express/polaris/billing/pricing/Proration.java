package express.polaris.billing.pricing;

import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Prorated share of a plan's fee for part of a billing period: fee × days / days of the period.
 *
 * @param days paid days, from zero to all
 * @param periodDays days of the whole period, at least one
 */
public record Proration(long days, long periodDays) {

    /**
     * 34 digits, half up, when the quotient does not terminate. That is far below any currency's fraction
     * digits, so rounding the share gives the same result as rounding the exact quotient.
     */
    private static final MathContext PRECISION = new MathContext(34, RoundingMode.HALF_UP);

    /**
     * @throws IllegalArgumentException when the days exceed the period
     */
    public Proration {
        if (periodDays < 1 || days < 0 || days > periodDays) {
            throw new IllegalArgumentException("A proration needs 0 to all days of a period of at least one day ("
                    + days + " of " + periodDays + ")");
        }
    }

    /**
     * Counts local calendar days, whatever their length in hours. A day split by a plan change counts once, for
     * the part that contains its end.
     *
     * @param part within the period
     */
    public static Proration of(Interval part, Interval period, ZoneId zone) {
        return new Proration(days(part, zone), days(period, zone));
    }

    /** Returns the share to 34 digits, or exactly the whole fee when all days are paid. Not rounded to a currency. */
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
