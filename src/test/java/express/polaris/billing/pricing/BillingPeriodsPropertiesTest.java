package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.units.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Periods tile time for any instant and zone: 1880 to 2100, in zones that skipped midnights, half-hours and whole days.
 */
class BillingPeriodsPropertiesTest {

    @Property
    void thePeriodOfAnInstantContainsIt(
            @ForAll PlanInterval interval,
            @ForAll BillingTime billingTime,
            @ForAll("instants") Instant anchor,
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant instant) {
        var periods = BillingPeriods.of(interval, billingTime, anchor, zone);

        assertThat(periods.periodContaining(instant).contains(instant)).isTrue();
        assertThat(periods.periodContaining(anchor).contains(anchor)).isTrue();
        var before = periods.periodJustBefore(instant);
        assertThat(before.from().isBefore(instant) && !before.to().isBefore(instant))
                .isTrue();
    }

    @Property
    void periodsTileTimeWithoutGapOrOverlap(
            @ForAll PlanInterval interval,
            @ForAll BillingTime billingTime,
            @ForAll("instants") Instant anchor,
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant instant) {
        var periods = BillingPeriods.of(interval, billingTime, anchor, zone);
        var period = periods.periodContaining(instant);

        assertThat(period.duration()).isPositive();
        for (int step = 0; step < 15; step++) {
            var next = periods.next(period);
            assertThat(next.from()).isEqualTo(period.to());
            assertThat(next.duration()).isGreaterThanOrEqualTo(Duration.ofDays(5));
            assertThat(periods.previous(next)).isEqualTo(period);
            assertThat(periods.periodContaining(next.from())).isEqualTo(next);
            assertThat(periods.periodContaining(next.from().minusNanos(1))).isEqualTo(period);
            assertThat(periods.periodJustBefore(next.from())).isEqualTo(period);
            period = next;
        }
    }

    @Property
    void anniversariesFallOnTheAnchorsDayOrTheLastDayOfAShorterMonth(
            @ForAll("instants") Instant anchor, @ForAll("instants") Instant instant) {
        var zone = ZoneId.of("Europe/Paris");
        var period = BillingPeriods.of(PlanInterval.MONTHLY, BillingTime.ANNIVERSARY, anchor, zone)
                .periodContaining(instant);
        var day = LocalDate.ofInstant(period.from(), zone);
        var anchorDay = LocalDate.ofInstant(anchor, zone).getDayOfMonth();

        assertThat(day.getDayOfMonth()).isEqualTo(Math.min(anchorDay, day.lengthOfMonth()));
        assertThat(period.from()).isEqualTo(day.atStartOfDay(zone).toInstant());
    }

    @Property
    void periodsThatKeepTheTimeOfDayTileTimeToo(
            @ForAll PlanInterval interval,
            @ForAll("instants") Instant anchor,
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant instant) {
        var periods = BillingPeriods.keepingTimeOfDay(interval, anchor, zone);
        var period = periods.periodContaining(instant);

        assertThat(period.contains(instant)).isTrue();
        assertThat(periods.next(period).from()).isEqualTo(period.to());
        assertThat(periods.previous(period).to()).isEqualTo(period.from());
    }

    @Property
    void theDaysOfTwoPartsOfAPeriodAddUp(
            @ForAll PlanInterval interval, @ForAll("instants") Instant anchor, @ForAll("zones") ZoneId zone) {
        var periods = BillingPeriods.of(interval, BillingTime.CALENDAR, anchor, zone);
        var period = periods.periodContaining(anchor);
        var before = new Interval(period.from(), anchor);
        var after = new Interval(anchor, period.to());

        var share = Proration.of(before, period, zone);
        assertThat(share.days() + Proration.of(after, period, zone).days()).isEqualTo(share.periodDays());
    }

    @Provide
    Arbitrary<Instant> instants() {
        var from = Instant.parse("1880-01-01T00:00:00Z").getEpochSecond();
        var to = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
        var any = Arbitraries.longs().between(from, to).map(Instant::ofEpochSecond);
        var recentHours = Arbitraries.integers()
                .between(0, 20 * 365 * 24)
                .map(hours -> Instant.parse("2010-01-01T00:00:00Z").plus(hours, ChronoUnit.HOURS));
        return Arbitraries.oneOf(any, recentHours);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        var odd = Arbitraries.of(
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Sao_Paulo",
                "America/Havana",
                "America/Toronto",
                "Atlantic/Azores",
                "Africa/Cairo",
                "Africa/Casablanca",
                "Asia/Beirut",
                "Asia/Gaza",
                "Asia/Kathmandu",
                "Asia/Tehran",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Pacific/Kwajalein",
                "Pacific/Chatham",
                "Antarctica/Troll");
        var any = Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        return Arbitraries.oneOf(odd, any).map(ZoneId::of);
    }
}
