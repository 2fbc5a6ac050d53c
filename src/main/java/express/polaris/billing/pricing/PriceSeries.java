package express.polaris.billing.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Market prices over time; there may be gaps, in which the price is unknown. */
public final class PriceSeries {

    public static final PriceSeries EMPTY = new PriceSeries(List.of());

    private final NavigableMap<Instant, Price> prices = new TreeMap<>();

    /**
     * @param prices in any order
     * @throws IllegalArgumentException when two overlap
     */
    public PriceSeries(Collection<Price> prices) {
        for (var price : prices) {
            var before = this.prices.lowerEntry(price.to());
            if (before != null && before.getValue().to().isAfter(price.from())) {
                throw new IllegalArgumentException("Prices overlap: " + before.getValue() + " and " + price);
            }
            this.prices.put(price.from(), price);
        }
    }

    /**
     * Price of a span of time.
     *
     * @param from inclusive
     * @param to exclusive
     * @param perKwh in the main unit of the series' currency; may be negative
     */
    public record Price(Instant from, Instant to, BigDecimal perKwh) {

        /** @throws IllegalArgumentException when the span is empty */
        public Price {
            if (!to.isAfter(from)) {
                throw new IllegalArgumentException("A price must end after its start (" + to + " <= " + from + ")");
            }
        }
    }

    /** Returns the price at an instant; empty in a gap. */
    public Optional<Price> at(Instant instant) {
        var entry = prices.floorEntry(instant);
        return Optional.ofNullable(entry)
                .map(found -> found.getValue())
                .filter(price -> price.to().isAfter(instant));
    }

    /** Returns the instants, after {@code from} and before {@code to}, at which a price begins or ends. */
    public List<Instant> changes(Instant from, Instant to) {
        var changes = new ArrayList<Instant>();
        var first = prices.floorKey(from);
        for (var price :
                prices.subMap(first == null ? from : first, true, to, false).values()) {
            for (var at : List.of(price.from(), price.to())) {
                if (at.isAfter(from)
                        && at.isBefore(to)
                        && (changes.isEmpty() || changes.getLast().isBefore(at))) {
                    changes.add(at);
                }
            }
        }
        return changes;
    }
}
