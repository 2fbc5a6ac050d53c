package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionTimesTest {

    private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");
    private static final PriceConditions CONDITIONS = new PriceConditions(
            ZoneId.of("Europe/Berlin"),
            new TimeBands(
                    Map.of(
                            "night",
                            Map.of(
                                    Instant.EPOCH,
                                    new TimeBand(List.of(new TimeBand.Hours(
                                            EnumSet.allOf(Day.class),
                                            LocalTime.parse("22:00"),
                                            LocalTime.parse("06:00")))))),
                    Map.of(),
                    Set.of()),
            ChargerGroups.NONE,
            Map.of());

    private static PlanCharge charge(BillableMetric metric, Duration grace, Optional<Duration> cap) {
        var price = new ChargePrice.ByModel(new StandardModel(BigDecimal.ONE));
        return new PlanCharge(
                metric,
                price,
                IncludedEnergy.NOTHING,
                List.of(new ChargeFilter(Optional.empty(), Set.of("night"), Set.of(), price)),
                grace,
                cap);
    }

    private static Map<Optional<Integer>, BigDecimal> counted(SessionTimes times, PlanCharge charge) {
        return times.counted(charge, CONDITIONS, "CP1");
    }

    @Test
    void minutesOfAllBandsAddUpToTheRoundedWhole() {
        var random = new Random(11);
        for (int run = 0; run < 300; run++) {
            var start = TEN.plusNanos(random.nextLong(86_400_000_000_000L));
            var duration = Duration.ofNanos(random.nextLong(172_800_000_000_000L));
            var end = start.plus(duration);
            var sum = counted(
                            new SessionTimes(start, end, start, List.of()),
                            charge(BillableMetric.CONNECTED_MINUTES, Duration.ZERO, Optional.empty()))
                    .values()
                    .stream()
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            var whole = BigDecimal.valueOf(duration.toNanos())
                    .divide(BigDecimal.valueOf(60_000_000_000L), 6, RoundingMode.HALF_UP);
            assertThat(sum).as("%s to %s", start, end).isEqualByComparingTo(whole);
        }
    }

    @Test
    void graceTimeAndCapHoldForAllChargingOfASessionTogether() {
        var times = new SessionTimes(
                TEN,
                TEN.plus(Duration.ofHours(3)),
                TEN.plus(Duration.ofHours(2)),
                List.of(
                        new Interval(TEN, TEN.plus(Duration.ofMinutes(5))),
                        new Interval(TEN.plus(Duration.ofMinutes(30)), TEN.plus(Duration.ofMinutes(50))),
                        new Interval(TEN.plus(Duration.ofMinutes(60)), TEN.plus(Duration.ofMinutes(120)))));
        var counted = counted(
                times,
                charge(BillableMetric.CHARGING_MINUTES, Duration.ofMinutes(10), Optional.of(Duration.ofMinutes(40))));
        // the first 5 and 5 of 20 min are free; 15 are left, and 25 of the last 60 up to the cap of 40
        assertThat(counted.get(Optional.<Integer>empty())).isEqualByComparingTo("40");
        assertThat(counted).hasSize(1);
    }

    @Test
    void aSessionThatStopsBeforeItsLastEnergyHasNoIdleMinutes() {
        var times =
                new SessionTimes(TEN, TEN.plus(Duration.ofMinutes(10)), TEN.plus(Duration.ofMinutes(20)), List.of());
        assertThat(counted(times, charge(BillableMetric.IDLE_MINUTES, Duration.ZERO, Optional.empty())))
                .isEmpty();
    }

    @Test
    void aSessionCountsOnceInTheBandOfItsStart() {
        var night = Instant.parse("2026-01-05T21:00:00Z"); // 22:00
        var times = new SessionTimes(night, night.plus(Duration.ofHours(20)), night, List.of());
        assertThat(counted(times, charge(BillableMetric.SESSIONS, Duration.ZERO, Optional.empty())))
                .isEqualTo(Map.of(Optional.of(0), BigDecimal.ONE));
    }
}
