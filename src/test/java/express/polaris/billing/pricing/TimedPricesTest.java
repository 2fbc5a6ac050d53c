package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimedPricesTest {

    private static final Instant START = Instant.parse("2026-10-24T10:00:00Z");
    private static final Interval DAYS = new Interval(START.minus(Duration.ofDays(1)), START.plus(Duration.ofDays(4)));
    private static final PlanCharge BY_BAND = new PlanCharge(
            BillableMetric.ENERGY,
            price("0.40"),
            IncludedEnergy.NOTHING,
            List.of(
                    new ChargeFilter(Optional.empty(), Set.of("night"), Set.of(), price("0.30")),
                    new ChargeFilter(Optional.of("Noon"), Set.of("noon"), Set.of(), price("0.20"))),
            Duration.ZERO,
            Optional.empty());
    private static final PlanCharge BY_MARKET = new PlanCharge(
            BillableMetric.ENERGY,
            new ChargePrice.Market("spot", BigDecimal.ONE, BigDecimal.ZERO, Optional.empty(), Optional.empty()),
            IncludedEnergy.NOTHING,
            List.of(),
            Duration.ZERO,
            Optional.empty());

    private static ChargePrice price(String amount) {
        return new ChargePrice.ByModel(new StandardModel(new BigDecimal(amount)));
    }

    private static TimeBand band(String from, String to) {
        return new TimeBand(
                List.of(new TimeBand.Hours(EnumSet.allOf(Day.class), LocalTime.parse(from), LocalTime.parse(to))));
    }

    private static TimedPrices prices(PlanCharge... charges) {
        var quarters = new ArrayList<PriceSeries.Price>();
        for (var at = DAYS.from(); at.isBefore(DAYS.to()); at = at.plus(Duration.ofMinutes(15))) {
            quarters.add(new PriceSeries.Price(
                    at, at.plus(Duration.ofMinutes(15)), BigDecimal.valueOf(at.getEpochSecond() / 900 % 7, 2)));
        }
        var bands = new TimeBands(
                Map.of(
                        "night",
                        Map.of(Instant.EPOCH, band("22:00", "06:00")),
                        "noon",
                        Map.of(START, band("12:00", "13:00"))),
                Map.of("night", "Night", "noon", "Noon"),
                Set.of());
        var conditions = new PriceConditions(
                ZoneId.of("Europe/Berlin"), bands, ChargerGroups.NONE, Map.of("spot", new PriceSeries(quarters)));
        return new TimedPrices(List.of(charges), conditions, "CP1", DAYS);
    }

    @Test
    void partsAddUpToTheEnergyAndLinesToTheAmount() {
        var random = new Random(7);
        var prices = prices(BY_BAND, BY_MARKET);
        for (int run = 0; run < 500; run++) {
            var from = START.plusMillis(random.nextInt(150_000_000));
            var to = from.plusMillis(random.nextInt(1 + random.nextInt(90_000_000)));
            var energy = Energy.ofMilliwattHours(1 + random.nextInt(1 + random.nextInt(50_000_000)));
            var priced = prices.of(from, to, energy, Map.of());
            for (int charge = 0; charge < 2; charge++) {
                int own = charge;
                var sum = priced.energy().entrySet().stream()
                        .filter(entry -> entry.getKey().charge() == own)
                        .map(Map.Entry::getValue)
                        .reduce(Energy.ZERO, Energy::plus);
                assertThat(sum).as("charge %d, %s to %s", charge, from, to).isEqualTo(energy);
            }
            assertThat(priced.lines().stream().map(PriceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(priced.amount());
        }
    }

    @Test
    void energyOverSeveralBoundariesIsSplitAtEachOfThem() {
        // 10:00 +02:00 on 24 October to 14:00 +01:00 on 25 October: 29 hours with 1 kWh each
        var priced = prices(BY_BAND)
                .of(
                        START.minus(Duration.ofHours(2)),
                        START.plus(Duration.ofHours(27)),
                        Energy.ofKilowattHours("29"),
                        Map.of());
        assertThat(priced.energy())
                .containsEntry(
                        new Bucket(0, Optional.of(0)), Energy.ofKilowattHours("9")) // 22:00–06:00, with 02:00 twice
                .containsEntry(new Bucket(0, Optional.of(1)), Energy.ofKilowattHours("2")) // 12:00–13:00 of both days
                .containsEntry(new Bucket(0, Optional.empty()), Energy.ofKilowattHours("18")); // 29 − 9 − 2
        assertThat(priced.amount()).isEqualByComparingTo("10.30"); // 9×0.30 + 2×0.20 + 18×0.40
        assertThat(priced.isSplit()).isTrue();
    }

    @Test
    void energyWithinOneBandIsNotSplit() {
        var priced = prices(BY_BAND).of(START, START.plusSeconds(60), Energy.ofKilowattHours("1"), Map.of());
        assertThat(priced.isSplit()).isFalse();
        assertThat(priced.lines().getFirst().tag().flatMap(PriceTag::name)).contains("Noon"); // 12:00 local
    }

    @Test
    void withoutEnergyThereIsNeitherAmountNorLine() {
        var priced = prices(BY_MARKET).of(START, START.plusSeconds(60), Energy.ZERO, Map.of());
        assertThat(priced.lines()).isEmpty();
        assertThat(priced.isComplete()).isTrue();
    }
}
