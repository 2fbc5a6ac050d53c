package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Prices energy by the charges of a plan whose prices depend on time or place. Energy over a boundary is split by time,
 * linearly: the part up to a boundary is energy × time up to it / whole time, rounded half up to 1 mWh, so the parts add
 * up exactly.
 */
public final class TimedPrices {

    private final List<PlanCharge> charges;
    private final List<Integer> timed;
    private final PriceConditions conditions;
    private final String chargeBox;
    private final NavigableSet<Instant> changes;

    /**
     * @param charges all charges of the plan, in their order
     * @param span contains all energy that will be priced
     */
    public TimedPrices(List<PlanCharge> charges, PriceConditions conditions, String chargeBox, Interval span) {
        this.charges = List.copyOf(charges);
        this.timed = IntStream.range(0, charges.size())
                .filter(index -> charges.get(index).isTimed())
                .boxed()
                .toList();
        this.conditions = conditions;
        this.chargeBox = chargeBox;
        this.changes = conditions.changes(timed.stream().map(charges::get).toList(), chargeBox, span.from(), span.to());
    }

    /**
     * Part of a charge with a running total of its own.
     *
     * @param charge index of the charge
     * @param filter index of the filter; empty for what no filter matches
     */
    public record Bucket(int charge, Optional<Integer> filter) {}

    /**
     * Priced energy.
     *
     * @param amount unrounded
     * @param lines explanation; add up to the amount
     * @param missing first market price that is not known; the lines are those that have a price
     * @param isSplit whether the energy was split over a boundary
     * @param energy by bucket
     */
    public record Priced(
            BigDecimal amount,
            List<PriceLine> lines,
            Optional<MissingPrice> missing,
            boolean isSplit,
            Map<Bucket, Energy> energy) {

        /** Price of energy that no timed charge prices. */
        public static final Priced NOTHING = new Priced(BigDecimal.ZERO, List.of(), Optional.empty(), false, Map.of());

        public Priced {
            lines = List.copyOf(lines);
            energy = Map.copyOf(energy);
        }

        /** Whether every part has a price. */
        public boolean isComplete() {
            return missing.isEmpty();
        }
    }

    /**
     * Market price that is not known.
     *
     * @param series code of the series
     * @param at instant that it has no price for
     */
    public record MissingPrice(String series, Instant at) {}

    /** Whether any charge depends on time or place. */
    public boolean isEmpty() {
        return timed.isEmpty();
    }

    /**
     * Prices energy that was measured over a span.
     *
     * @param from reading before; energy of a single instant counts at the instant just before it
     * @param before running total of each bucket; absent = zero
     * @param energy zero or more
     */
    public Priced of(Instant from, Instant to, Energy energy, Map<Bucket, Energy> before) {
        if (timed.isEmpty() || energy.isZero()) {
            return Priced.NOTHING;
        }
        var parts = parts(from, to, energy);
        var sum = new Sum(before);
        for (int charge : timed) {
            parts.forEach(part -> sum.add(charge, part));
        }
        return sum.priced();
    }

    /** Bucket and, for a market price, its start: energy in two of them was split. */
    private record Span(Bucket bucket, Optional<Instant> marketFrom) {}

    private record Part(Instant from, Instant to, Energy energy) {}

    private List<Part> parts(Instant from, Instant to, Energy energy) {
        if (!from.isBefore(to)) {
            var justBefore = to.minusNanos(1);
            return List.of(new Part(justBefore, to, energy));
        }
        var parts = new ArrayList<Part>();
        var start = from;
        var soFar = Energy.ZERO;
        for (var change : changes.subSet(from, false, to, false)) {
            var upTo = share(energy, Duration.between(from, change), Duration.between(from, to));
            parts.add(new Part(start, change, upTo.minus(soFar)));
            soFar = upTo;
            start = change;
        }
        parts.add(new Part(start, to, energy.minus(soFar)));
        return parts;
    }

    private static Energy share(Energy energy, Duration part, Duration whole) {
        var numerator = BigInteger.valueOf(energy.milliwattHours()).multiply(nanoseconds(part));
        var rounded = new BigDecimal(numerator).divide(new BigDecimal(nanoseconds(whole)), 0, RoundingMode.HALF_UP);
        return Energy.ofMilliwattHours(rounded.longValueExact());
    }

    private static BigInteger nanoseconds(Duration duration) {
        return BigInteger.valueOf(duration.getSeconds())
                .multiply(BigInteger.valueOf(1_000_000_000L))
                .add(BigInteger.valueOf(duration.getNano()));
    }

    /** Adds up the parts of one event. */
    private final class Sum {

        private final Map<Bucket, Energy> before;
        private final Map<Bucket, Energy> energy = new HashMap<>();
        private final PriceLine.Sum lines = new PriceLine.Sum();
        private BigDecimal amount = BigDecimal.ZERO;
        private Optional<MissingPrice> missing = Optional.empty();
        private final Map<Integer, Set<Span>> spans = new HashMap<>();

        Sum(Map<Bucket, Energy> before) {
            this.before = before;
        }

        void add(int index, Part part) {
            if (part.energy().isZero()) {
                return;
            }
            var charge = charges.get(index);
            var filter = conditions.filter(charge, chargeBox, part.from());
            var bucket = new Bucket(index, filter);
            var total = before.getOrDefault(bucket, Energy.ZERO).plus(energy.getOrDefault(bucket, Energy.ZERO));
            energy.merge(bucket, part.energy(), Energy::plus);
            var seen = spans.computeIfAbsent(index, key -> new HashSet<>());
            var tag = conditions.tag(index, charge, filter);
            switch (charge.price(filter)) {
                case ChargePrice.ByModel(var model) -> {
                    seen.add(new Span(bucket, Optional.empty()));
                    var rating = Rating.of(model, total, part.energy());
                    rating.lines().forEach(line -> add(line.with(tag)));
                }
                case ChargePrice.Market market -> {
                    var price = conditions.seriesOf(market).at(part.from());
                    if (price.isEmpty() && missing.isEmpty()) {
                        missing = Optional.of(new MissingPrice(market.series(), part.from()));
                    }
                    seen.add(new Span(bucket, price.map(PriceSeries.Price::from)));
                    price.ifPresent(found -> add(new PriceLine(
                            Band.USAGE,
                            part.energy(),
                            market.of(found.perKwh()),
                            BigDecimal.ZERO,
                            Optional.of(new PriceTag(
                                    index,
                                    filter,
                                    Optional.of(tag.name().orElse(market.series())),
                                    true,
                                    Optional.of(new Interval(found.from(), found.to())))))));
                }
            }
        }

        private void add(PriceLine line) {
            lines.add(line);
            amount = amount.add(line.amount());
        }

        Priced priced() {
            boolean split = spans.values().stream().anyMatch(of -> of.size() > 1);
            return new Priced(amount, lines.lines(), missing, split, energy);
        }
    }
}
