package express.polaris.billing.tariffs;

import static express.polaris.billing.tariffs.PublicHoliday.ALL_SAINTS;
import static express.polaris.billing.tariffs.PublicHoliday.ASCENSION;
import static express.polaris.billing.tariffs.PublicHoliday.ASSUMPTION;
import static express.polaris.billing.tariffs.PublicHoliday.AUSTRIAN_NATIONAL_DAY;
import static express.polaris.billing.tariffs.PublicHoliday.CHILDRENS_DAY;
import static express.polaris.billing.tariffs.PublicHoliday.CHRISTMAS;
import static express.polaris.billing.tariffs.PublicHoliday.CORPUS_CHRISTI;
import static express.polaris.billing.tariffs.PublicHoliday.EASTER_MONDAY;
import static express.polaris.billing.tariffs.PublicHoliday.EASTER_SUNDAY;
import static express.polaris.billing.tariffs.PublicHoliday.EPIPHANY;
import static express.polaris.billing.tariffs.PublicHoliday.GERMAN_UNITY;
import static express.polaris.billing.tariffs.PublicHoliday.GOOD_FRIDAY;
import static express.polaris.billing.tariffs.PublicHoliday.IMMACULATE_CONCEPTION;
import static express.polaris.billing.tariffs.PublicHoliday.LABOUR_DAY;
import static express.polaris.billing.tariffs.PublicHoliday.NEW_YEAR;
import static express.polaris.billing.tariffs.PublicHoliday.REFORMATION;
import static express.polaris.billing.tariffs.PublicHoliday.REPENTANCE;
import static express.polaris.billing.tariffs.PublicHoliday.SAINT_STEPHEN;
import static express.polaris.billing.tariffs.PublicHoliday.SWISS_NATIONAL_DAY;
import static express.polaris.billing.tariffs.PublicHoliday.WHIT_MONDAY;
import static express.polaris.billing.tariffs.PublicHoliday.WHIT_SUNDAY;
import static express.polaris.billing.tariffs.PublicHoliday.WOMENS_DAY;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Region with its public holidays as they are today, for suggestions. A day that is a holiday in most of a region counts
 * for all of it: Assumption in Bavaria, and what most cantons of Switzerland have.
 */
public enum HolidayRegion {
    DE_BW(germany(EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS)),
    DE_BY(germany(EPIPHANY, CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS)),
    DE_BE(germany(WOMENS_DAY)),
    DE_BB(germany(EASTER_SUNDAY, WHIT_SUNDAY, REFORMATION)),
    DE_HB(germany(REFORMATION)),
    DE_HH(germany(REFORMATION)),
    DE_HE(germany(CORPUS_CHRISTI)),
    DE_MV(germany(WOMENS_DAY, REFORMATION)),
    DE_NI(germany(REFORMATION)),
    DE_NW(germany(CORPUS_CHRISTI, ALL_SAINTS)),
    DE_RP(germany(CORPUS_CHRISTI, ALL_SAINTS)),
    DE_SL(germany(CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS)),
    DE_SN(germany(REFORMATION, REPENTANCE)),
    DE_ST(germany(EPIPHANY, REFORMATION)),
    DE_SH(germany(REFORMATION)),
    DE_TH(germany(CHILDRENS_DAY, REFORMATION)),
    AT(EnumSet.of(
            NEW_YEAR,
            EPIPHANY,
            EASTER_MONDAY,
            LABOUR_DAY,
            ASCENSION,
            WHIT_MONDAY,
            CORPUS_CHRISTI,
            ASSUMPTION,
            AUSTRIAN_NATIONAL_DAY,
            ALL_SAINTS,
            IMMACULATE_CONCEPTION,
            CHRISTMAS,
            SAINT_STEPHEN)),
    CH(EnumSet.of(
            NEW_YEAR,
            GOOD_FRIDAY,
            EASTER_MONDAY,
            ASCENSION,
            WHIT_MONDAY,
            SWISS_NATIONAL_DAY,
            CHRISTMAS,
            SAINT_STEPHEN));

    private final Set<PublicHoliday> holidays;

    HolidayRegion(Set<PublicHoliday> holidays) {
        this.holidays = Collections.unmodifiableSet(holidays);
    }

    /** The region's holidays. */
    public Set<PublicHoliday> holidays() {
        return holidays;
    }

    private static EnumSet<PublicHoliday> germany(PublicHoliday... more) {
        var holidays = EnumSet.of(
                NEW_YEAR,
                GOOD_FRIDAY,
                EASTER_MONDAY,
                LABOUR_DAY,
                ASCENSION,
                WHIT_MONDAY,
                GERMAN_UNITY,
                CHRISTMAS,
                SAINT_STEPHEN);
        holidays.addAll(List.of(more));
        return holidays;
    }
}
