package express.polaris.billing.pricing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Length of a plan's billing periods, as in Lago. */
public enum PlanInterval {
    WEEKLY(ChronoUnit.WEEKS, 1),
    MONTHLY(ChronoUnit.MONTHS, 1),
    QUARTERLY(ChronoUnit.MONTHS, 3),
    SEMIANNUAL(ChronoUnit.MONTHS, 6),
    YEARLY(ChronoUnit.MONTHS, 12);

    private final ChronoUnit unit;
    private final int length;

    PlanInterval(ChronoUnit unit, int length) {
        this.unit = unit;
        this.length = length;
    }

    /** Parses Lago's name ("monthly"); empty for an unknown name. */
    public static Optional<PlanInterval> named(String name) {
        return Arrays.stream(values())
                .filter(interval -> interval.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Returns the Monday, or the first day of the month, quarter, half-year or year, on or before this day. */
    LocalDate calendarStart(LocalDate day) {
        if (unit == ChronoUnit.WEEKS) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        var monthsIntoInterval = (day.getMonthValue() - 1) % length;
        return day.withDayOfMonth(1).minusMonths(monthsIntoInterval);
    }

    /**
     * Returns the day this many intervals after (or, if negative, before) the given day, clamped to the end of
     * a shorter month.
     */
    LocalDate plus(LocalDate day, long intervals) {
        return day.plus(intervals * length, unit);
    }

    /**
     * Returns the number of intervals between the calendar weeks or months of two days, whatever the day of the
     * month.
     */
    long between(LocalDate start, LocalDate day) {
        var units = unit == ChronoUnit.WEEKS
                ? Math.floorDiv(ChronoUnit.DAYS.between(start, day), 7)
                : ChronoUnit.MONTHS.between(start.withDayOfMonth(1), day.withDayOfMonth(1));
        return Math.floorDiv(units, length);
    }
}
