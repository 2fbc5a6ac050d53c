package express.polaris.billing.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicHolidayTest {

    @ParameterizedTest
    @CsvSource({
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2024-03-31",
        "2026-04-05",
        "2027-03-28",
        "2038-04-25",
        "2049-04-18"
    })
    void easterIsWhereTheCalendarHasIt(LocalDate easter) {
        assertThat(PublicHoliday.EASTER_SUNDAY.in(easter.getYear())).isEqualTo(easter);
    }

    @Test
    void movableDaysFollowEasterAndRepentanceIsAWednesday() {
        assertThat(PublicHoliday.GOOD_FRIDAY.in(2026)).isEqualTo("2026-04-03");
        assertThat(PublicHoliday.ASCENSION.in(2026)).isEqualTo("2026-05-14");
        assertThat(PublicHoliday.WHIT_MONDAY.in(2026)).isEqualTo("2026-05-25");
        assertThat(PublicHoliday.CORPUS_CHRISTI.in(2026)).isEqualTo("2026-06-04");
        assertThat(PublicHoliday.REPENTANCE.in(2026)).isEqualTo("2026-11-18");
        for (int year = 2020; year < 2060; year++) {
            var day = PublicHoliday.REPENTANCE.in(year);
            assertThat(day.getDayOfWeek()).isEqualTo(DayOfWeek.WEDNESDAY);
            assertThat(day).isBetween(LocalDate.of(year, 11, 16), LocalDate.of(year, 11, 22));
        }
    }

    @Test
    void regionsHaveTheNumberOfDaysOfTheirLaw() {
        assertThat(HolidayRegion.DE_BE.holidays()).hasSize(10); // 9 + 1
        assertThat(HolidayRegion.DE_BW.holidays()).hasSize(12); // 9 + 3
        assertThat(HolidayRegion.DE_BY.holidays()).hasSize(13); // 9 + 4
        assertThat(HolidayRegion.DE_SN.holidays()).hasSize(11); // 9 + 2
        assertThat(HolidayRegion.AT.holidays()).hasSize(13);
    }
}
