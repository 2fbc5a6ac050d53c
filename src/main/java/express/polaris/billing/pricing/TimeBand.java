package express.polaris.billing.pricing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * Hours of the week, e.g. "night". By the clock on the wall: an hour that a clock change repeats lies in the band twice,
 * one that it skips never does.
 *
 * @param hours at least one; may overlap
 */
public record TimeBand(List<Hours> hours) {

    /** @throws IllegalArgumentException without any hours */
    public TimeBand {
        hours = List.copyOf(hours);
        if (hours.isEmpty()) {
            throw new IllegalArgumentException("A time band needs hours");
        }
    }

    /** Kind of day: a holiday is {@link #HOLIDAY} only, whatever its day of the week. */
    public enum Day {
        MONDAY,
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        FRIDAY,
        SATURDAY,
        SUNDAY,
        HOLIDAY;

        static Day of(LocalDate date, Set<LocalDate> holidays) {
            return holidays.contains(date) ? HOLIDAY : of(date.getDayOfWeek());
        }

        private static Day of(DayOfWeek day) {
            return values()[day.ordinal()];
        }
    }

    /**
     * Hours of some days.
     *
     * @param days days on which the hours begin
     * @param from inclusive
     * @param to exclusive; at or before {@code from}, it is on the next day, so 00:00–00:00 is the whole day
     */
    public record Hours(Set<Day> days, LocalTime from, LocalTime to) {

        /** @throws IllegalArgumentException without any day */
        public Hours {
            days = Set.copyOf(days);
            if (days.isEmpty()) {
                throw new IllegalArgumentException("The hours of a time band need days");
            }
        }

        boolean contains(LocalDateTime at, Set<LocalDate> holidays) {
            var time = at.toLocalTime();
            boolean endsNextDay = !to.isAfter(from);
            boolean beginsToday = !time.isBefore(from)
                    && (endsNextDay || time.isBefore(to))
                    && days.contains(Day.of(at.toLocalDate(), holidays));
            boolean beganYesterday = endsNextDay
                    && time.isBefore(to)
                    && days.contains(Day.of(at.toLocalDate().minusDays(1), holidays));
            return beginsToday || beganYesterday;
        }
    }

    /** Returns whether this local time lies in the band. */
    public boolean contains(LocalDateTime at, Set<LocalDate> holidays) {
        return hours.stream().anyMatch(some -> some.contains(at, holidays));
    }
}
