package express.polaris.pricing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a plan's billing periods are, as in Lago. */
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

    /** By Lago's name ("monthly"); empty when Lago has no such interval. */
    public static Optional<PlanInterval> named(String name) {
        return Arrays.stream(values())
                .filter(interval -> interval.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** The Monday, or the first day of the month, quarter, half-year or year, on or before this day. */
    LocalDate calendarStart(LocalDate day) {
        if (unit == ChronoUnit.WEEKS) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        var monthsIntoInterval = (day.getMonthValue() - 1) % length;
        return day.withDayOfMonth(1).minusMonths(monthsIntoInterval);
    }

    /** The day so many intervals after (or before) this one, clamped to the end of a shorter month. */
    LocalDate plus(LocalDate day, long intervals) {
        return day.plus(intervals * length, unit);
    }

    /** Whole intervals between the calendar weeks or months of two days, whatever the day of the month. */
    long between(LocalDate start, LocalDate day) {
        var units = unit == ChronoUnit.WEEKS
                ? Math.floorDiv(ChronoUnit.DAYS.between(start, day), 7)
                : ChronoUnit.MONTHS.between(start.withDayOfMonth(1), day.withDayOfMonth(1));
        return Math.floorDiv(units, length);
    }
}
