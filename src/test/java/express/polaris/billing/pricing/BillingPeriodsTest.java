package express.polaris.billing.pricing;

import static express.polaris.billing.pricing.BillingTime.ANNIVERSARY;
import static express.polaris.billing.pricing.BillingTime.CALENDAR;
import static express.polaris.billing.pricing.PlanInterval.MONTHLY;
import static express.polaris.billing.pricing.PlanInterval.SEMIANNUAL;
import static express.polaris.billing.pricing.PlanInterval.WEEKLY;
import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class BillingPeriodsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void anAnchorLateOnTheDayClocksGoForwardOpensThatDay() {
        var anchor =
                ZonedDateTime.parse("2026-03-29T23:30:00+02:00[Europe/Berlin]").toInstant();
        var periods = BillingPeriods.of(WEEKLY, ANNIVERSARY, anchor, BERLIN);

        // 00:00 is still winter time, so the week has 167 hours
        assertThat(periods.periodContaining(anchor))
                .isEqualTo(local("2026-03-29T00:00:00+01:00", "2026-04-05T00:00:00+02:00"));
    }

    @Test
    void anAnchorLateOnTheDayClocksGoBackOpensThatDay() {
        var anchor =
                ZonedDateTime.parse("2026-10-25T23:30:00+01:00[Europe/Berlin]").toInstant();
        var periods = BillingPeriods.of(WEEKLY, ANNIVERSARY, anchor, BERLIN);

        // 00:00 is still summer time, so the week has 169 hours
        assertThat(periods.periodContaining(anchor))
                .isEqualTo(local("2026-10-25T00:00:00+02:00", "2026-11-01T00:00:00+01:00"));
        assertThat(periods.periodContaining(anchor).duration()).isEqualTo(Duration.ofHours(169));
    }

    @Test
    void aLateAnchorFallsOnTheNextDayFurtherEast() {
        var anchor = Instant.parse("2026-03-30T21:30:00Z"); // 23:30 in Berlin, 31 March 06:30 in Tokyo

        assertThat(BillingPeriods.of(MONTHLY, ANNIVERSARY, anchor, BERLIN).periodContaining(anchor))
                .isEqualTo(local("2026-03-30T00:00:00+02:00", "2026-04-30T00:00:00+02:00"));
        assertThat(BillingPeriods.of(MONTHLY, ANNIVERSARY, anchor, ZoneId.of("Asia/Tokyo"))
                        .periodContaining(anchor))
                .isEqualTo(local("2026-03-31T00:00:00+09:00", "2026-04-30T00:00:00+09:00"));
    }

    @Test
    void aReadingAtMidnightClosesTheOldPeriod() {
        var periods = BillingPeriods.of(MONTHLY, CALENDAR, Instant.parse("2026-01-15T10:00:00Z"), BERLIN);
        var midnight = ZonedDateTime.parse("2026-02-01T00:00:00+01:00").toInstant();
        var january = local("2026-01-01T00:00:00+01:00", "2026-02-01T00:00:00+01:00");

        assertThat(periods.periodJustBefore(midnight)).isEqualTo(january);
        assertThat(periods.periodContaining(midnight)).isEqualTo(periods.next(january));
        assertThat(periods.previous(periods.next(january))).isEqualTo(january);
    }

    @Test
    void aDayWithoutMidnightStartsAtItsFirstInstant() {
        var zone = ZoneId.of("America/Sao_Paulo"); // 4 November 2018 began at 01:00
        var periods = BillingPeriods.of(MONTHLY, ANNIVERSARY, Instant.parse("2018-10-04T12:00:00Z"), zone);

        assertThat(periods.periodContaining(Instant.parse("2018-10-10T00:00:00Z")))
                .isEqualTo(local("2018-10-04T00:00:00-03:00", "2018-11-04T01:00:00-02:00"));
    }

    @Test
    void aDayWhoseFirstHalfHourIsSkippedStartsHalfPastMidnight() {
        var zone = ZoneId.of("America/Toronto"); // 30 March 1919, 23:30 was followed by 31 March, 00:30
        var periods = BillingPeriods.of(MONTHLY, ANNIVERSARY, Instant.parse("1919-01-31T12:00:00Z"), zone);

        assertThat(periods.periodContaining(Instant.parse("1919-04-02T00:00:00Z"))
                        .from())
                .isEqualTo("1919-03-31T04:30:00Z");
    }

    @Test
    void aPeriodAnchoredOnASkippedDayStartsOnTheNextDay() {
        var zone = ZoneId.of("Pacific/Apia"); // 30 December 2011 was skipped
        var periods = BillingPeriods.of(MONTHLY, ANNIVERSARY, Instant.parse("2011-11-30T20:00:00Z"), zone);

        assertThat(periods.periodContaining(Instant.parse("2011-12-15T00:00:00Z")))
                .isEqualTo(local("2011-11-30T00:00:00-10:00", "2011-12-31T00:00:00+14:00"));
    }

    @Test
    void periodsBeforeTheAnchorAreAlsoCountedFromIt() {
        var periods = BillingPeriods.of(MONTHLY, ANNIVERSARY, Instant.parse("2026-05-31T08:00:00Z"), BERLIN);

        assertThat(periods.periodContaining(Instant.parse("2026-03-01T12:00:00Z")))
                .isEqualTo(local("2026-02-28T00:00:00+01:00", "2026-03-31T00:00:00+02:00"));
    }

    @Test
    void halfYearsStartInJanuaryAndJuly() {
        var periods = BillingPeriods.of(SEMIANNUAL, CALENDAR, Instant.parse("2025-11-11T00:00:00Z"), BERLIN);

        assertThat(periods.periodContaining(Instant.parse("2026-06-30T21:59:59Z")))
                .isEqualTo(local("2026-01-01T00:00:00+01:00", "2026-07-01T00:00:00+02:00"));
    }

    @Test
    void thePeriodsAroundACutPeriodAreThoseAroundTheWholeOne() {
        var periods = BillingPeriods.of(MONTHLY, CALENDAR, Instant.parse("2026-01-15T10:00:00Z"), BERLIN);
        var january = periods.periodContaining(Instant.parse("2026-01-20T00:00:00Z"));
        var cut = periods.cutToStart(january, Instant.parse("2026-01-15T10:00:00Z"));

        assertThat(cut).isEqualTo(local("2026-01-15T00:00:00+01:00", "2026-02-01T00:00:00+01:00"));
        assertThat(periods.previous(cut)).isEqualTo(periods.previous(january));
        assertThat(periods.next(cut)).isEqualTo(periods.next(january));
    }

    static Interval local(String from, String to) {
        return new Interval(
                ZonedDateTime.parse(from).toInstant(), ZonedDateTime.parse(to).toInstant());
    }
}
