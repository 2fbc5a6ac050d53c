package express.polaris.billing.tariffs;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.function.IntFunction;

/** Public holidays of Germany, Austria and Switzerland. */
public enum PublicHoliday {
    NEW_YEAR(1, 1),
    EPIPHANY(1, 6),
    WOMENS_DAY(3, 8),
    GOOD_FRIDAY(-2),
    EASTER_SUNDAY(0),
    EASTER_MONDAY(1),
    LABOUR_DAY(5, 1),
    ASCENSION(39),
    WHIT_SUNDAY(49),
    WHIT_MONDAY(50),
    CORPUS_CHRISTI(60),
    SWISS_NATIONAL_DAY(8, 1),
    ASSUMPTION(8, 15),
    CHILDRENS_DAY(9, 20),
    GERMAN_UNITY(10, 3),
    AUSTRIAN_NATIONAL_DAY(10, 26),
    REFORMATION(10, 31),
    ALL_SAINTS(11, 1),
    /** Wednesday before 23 November. */
    REPENTANCE(year -> LocalDate.of(year, 11, 22).with(TemporalAdjusters.previousOrSame(DayOfWeek.WEDNESDAY))),
    IMMACULATE_CONCEPTION(12, 8),
    CHRISTMAS(12, 25),
    SAINT_STEPHEN(12, 26);

    private final IntFunction<LocalDate> day;

    PublicHoliday(int month, int dayOfMonth) {
        this(MonthDay.of(month, dayOfMonth)::atYear);
    }

    PublicHoliday(int daysAfterEaster) {
        this(year -> easter(year).plusDays(daysAfterEaster));
    }

    PublicHoliday(IntFunction<LocalDate> day) {
        this.day = day;
    }

    /** Returns the day of the holiday in a year. */
    public LocalDate in(int year) {
        return day.apply(year);
    }

    /** Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher. */
    private static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int yearOfCentury = year % 100;
        int moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - moon - yearOfCentury % 4) % 7;
        int correction = (golden + 11 * moon + 22 * weekday) / 451;
        int days = moon + weekday - 7 * correction + 114;
        return LocalDate.of(year, days / 31, days % 31 + 1);
    }
}
