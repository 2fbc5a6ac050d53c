package express.polaris.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.pricing.TimeBand.Day;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Prices by band and quarter of an hour around both clock changes, compared with a sum over minutes: as many mWh in each
 * minute leave nothing to round.
 */
class TimedPricesPropertiesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final List<LocalDate> CLOCK_CHANGES =
            List.of(LocalDate.parse("2026-03-29"), LocalDate.parse("2026-10-25"));

    /** The Saturday before a clock change. */
    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.parse("2026-03-28"), LocalDate.parse("2026-10-24"));

    private static final BigDecimal NIGHT = new BigDecimal("0.19");
    private static final BigDecimal HOLIDAY = new BigDecimal("0.07");
    private static final BigDecimal ELSE = new BigDecimal("0.41");

    /** A holiday's evening begins no night, but the night before a holiday ends in it. */
    private static final PlanCharge BY_BAND = charge(
            standard(ELSE),
            new ChargeFilter(Optional.empty(), Set.of("night"), Set.of(), standard(NIGHT)),
            new ChargeFilter(Optional.empty(), Set.of("holiday"), Set.of(), standard(HOLIDAY)));

    private static final ChargePrice.Market MARKET = new ChargePrice.Market(
            "spot", new BigDecimal("1.19"), new BigDecimal("0.01"), Optional.empty(), Optional.empty());
    private static final PlanCharge BY_MARKET = charge(MARKET);

    private static PlanCharge charge(ChargePrice price, ChargeFilter... filters) {
        return new PlanCharge(
                BillableMetric.ENERGY,
                price,
                IncludedEnergy.NOTHING,
                List.of(filters),
                Duration.ZERO,
                Optional.empty());
    }

    private static ChargePrice standard(BigDecimal price) {
        return new ChargePrice.ByModel(new StandardModel(price));
    }

    private static TimeBand band(Set<Day> days, String from, String to) {
        return new TimeBand(List.of(new TimeBand.Hours(days, LocalTime.parse(from), LocalTime.parse(to))));
    }

    private static PriceConditions conditions(Map<Instant, BigDecimal> quarters) {
        var prices = new ArrayList<PriceSeries.Price>();
        quarters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(quarter -> prices.add(
                        new PriceSeries.Price(quarter.getKey(), quarter.getKey().plus(QUARTER), quarter.getValue())));
        var week = EnumSet.complementOf(EnumSet.of(Day.HOLIDAY));
        var bands = new TimeBands(
                Map.of(
                        "night",
                        Map.of(Instant.EPOCH, band(week, "22:00", "02:30")),
                        "holiday",
                        Map.of(Instant.EPOCH, band(Set.of(Day.HOLIDAY), "00:00", "00:00"))),
                Map.of(),
                HOLIDAYS);
        return new PriceConditions(BERLIN, bands, ChargerGroups.NONE, Map.of("spot", new PriceSeries(prices)));
    }

    /** Prices from −0.05 to 0.34 for each quarter of an hour of a span, of which some may be missing. */
    private static Map<Instant, BigDecimal> quarters(Interval span, Random random, boolean gaps) {
        var quarters = new HashMap<Instant, BigDecimal>();
        for (var at = span.from(); at.isBefore(span.to()); at = at.plus(QUARTER)) {
            if (!gaps || random.nextInt(30) > 0) {
                quarters.put(at, BigDecimal.valueOf(random.nextInt(400) - 50, 3));
            }
        }
        return quarters;
    }

    /** Fails if a band, a day or a quarter of an hour begins a minute too early or late, or twice, or not at all. */
    @Property(tries = 200)
    void thePriceIsThatOfEachMinute(@ForAll long seed) {
        var random = new Random(seed);
        var midnight = CLOCK_CHANGES.get(random.nextInt(2)).atStartOfDay(BERLIN).toInstant();
        var from = midnight.plus(Duration.ofMinutes(random.nextInt(2_880) - 1_440));
        int minutes = 1 + random.nextInt(random.nextInt(3) == 0 ? 2_000 : 90);
        var to = from.plus(Duration.ofMinutes(minutes));
        long perMinute = 1 + random.nextInt(200_000);
        boolean gaps = random.nextInt(4) == 0;
        var known = quarters(
                new Interval(midnight.minus(Duration.ofDays(2)), midnight.plus(Duration.ofDays(4))), random, gaps);

        var priced = new TimedPrices(List.of(BY_BAND, BY_MARKET), conditions(known), "CP1", new Interval(from, to))
                .of(from, to, Energy.ofMilliwattHours(perMinute * minutes), Map.of());

        var amount = BigDecimal.ZERO;
        var energy = new HashMap<Bucket, Energy>();
        Optional<Instant> missing = Optional.empty();
        var each = Energy.ofMilliwattHours(perMinute);
        for (var at = from; at.isBefore(to); at = at.plusSeconds(60)) {
            var filter = filter(at);
            energy.merge(new Bucket(0, filter), each, Energy::plus);
            energy.merge(new Bucket(1, Optional.empty()), each, Energy::plus);
            amount = amount.add(each.kilowattHours().multiply(price(filter)));
            var market = Optional.ofNullable(known.get(Instant.ofEpochSecond(at.getEpochSecond() / 900 * 900)));
            if (market.isEmpty() && missing.isEmpty()) {
                missing = Optional.of(at);
            }
            amount = amount.add(
                    each.kilowattHours().multiply(market.map(MARKET::of).orElse(BigDecimal.ZERO)));
        }
        assertThat(priced.energy()).isEqualTo(energy);
        assertThat(priced.amount()).isEqualByComparingTo(amount);
        assertThat(priced.missing().map(TimedPrices.MissingPrice::at)).isEqualTo(missing);
    }

    private static BigDecimal price(Optional<Integer> filter) {
        return filter.map(index -> index == 0 ? NIGHT : HOLIDAY).orElse(ELSE);
    }

    /** Of two filters that apply, the first one does. */
    private static Optional<Integer> filter(Instant at) {
        var local = at.atZone(BERLIN);
        var begins = local.toLocalTime().isBefore(LocalTime.NOON)
                ? local.toLocalDate().minusDays(1)
                : local.toLocalDate();
        boolean atNight = local.getHour() >= 22 || local.toLocalTime().isBefore(LocalTime.of(2, 30));
        if (atNight && !HOLIDAYS.contains(begins)) {
            return Optional.of(0);
        }
        return HOLIDAYS.contains(local.toLocalDate()) ? Optional.of(1) : Optional.empty();
    }

    /** Fails if an hour that the clock skips or repeats has other than its own quarters. */
    @Test
    void anHourThatTheClockSkipsOrRepeatsHasTheQuartersOfItsInstants() {
        for (var change : CLOCK_CHANGES) {
            var oneOClock = change.atTime(1, 0).atZone(BERLIN).toInstant();
            var quarters = new HashMap<Instant, BigDecimal>();
            for (int place = 0; place < 20; place++) {
                quarters.put(oneOClock.plus(QUARTER.multipliedBy(place)), BigDecimal.valueOf(place));
            }
            var four = change.atTime(4, 0).atZone(BERLIN).toInstant();
            int count = (int) Duration.between(oneOClock, four).dividedBy(QUARTER);
            assertThat(count).isEqualTo(change.getMonthValue() == 3 ? 8 : 16); // 2 or 4 hours by the clock's 3

            var priced = new TimedPrices(
                            List.of(charge(new ChargePrice.Market(
                                    "spot", BigDecimal.ONE, BigDecimal.ZERO, Optional.empty(), Optional.empty()))),
                            conditions(quarters),
                            "CP1",
                            new Interval(oneOClock, four))
                    .of(oneOClock, four, Energy.ofKilowattHours(BigDecimal.valueOf(count)), Map.of());

            // 1 kWh in each quarter: 0 + 1 + … + (count − 1)
            assertThat(priced.amount()).isEqualByComparingTo(BigDecimal.valueOf(count * (count - 1) / 2));
            assertThat(priced.lines()).hasSize(count);
        }
    }
}
