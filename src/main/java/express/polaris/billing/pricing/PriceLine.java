package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step in the explanation of a price: amount = unit price × kWh + flat, exactly.
 *
 * @param band band of the billing period's usage that contains the energy
 * @param energy negative when a correction takes energy back
 * @param unitPrice per kWh
 * @param flat part not covered by unit price × kWh: a tier's flat amount, started packages, re-pricing by a
 *     volume charge; negative when given back
 * @param tag part of the plan; empty for energy at any time and place
 */
public record PriceLine(Band band, Energy energy, BigDecimal unitPrice, BigDecimal flat, Optional<PriceTag> tag) {

    /** Line of energy at any time and place. */
    public PriceLine(Band band, Energy energy, BigDecimal unitPrice, BigDecimal flat) {
        this(band, energy, unitPrice, flat, Optional.empty());
    }

    /** Unit price × kWh + flat, unrounded, in the main unit of the plan's currency. */
    public BigDecimal amount() {
        return unitPrice.multiply(energy.kilowattHours()).add(flat);
    }

    /**
     * Merges lines with equal band, unit price and tag, in order of first appearance; the total stays the same. Do
     * not mix lines of several plans or periods.
     */
    public static List<PriceLine> merged(Collection<PriceLine> lines) {
        var sum = new Sum();
        lines.forEach(sum::add);
        return sum.lines();
    }

    /** Merges lines incrementally. */
    public static final class Sum {

        private record Kind(Band band, BigDecimal unitPrice, Optional<PriceTag> tag) {}

        private final Map<Kind, PriceLine> merged = new LinkedHashMap<>();

        public void add(PriceLine line) {
            merged.merge(new Kind(line.band, line.unitPrice, line.tag), line, PriceLine::plus);
        }

        /** The merged lines, in order of first appearance. */
        public List<PriceLine> lines() {
            return List.copyOf(merged.values());
        }
    }

    /** The same line as one of a part of the plan. */
    PriceLine with(PriceTag given) {
        return new PriceLine(band, energy, unitPrice, flat, Optional.of(given));
    }

    /**
     * A line of a market price without its hours and unit price, so that lines of several hours can be merged: the amount
     * is the flat part. Other lines stay as they are.
     */
    public PriceLine atAnyHour() {
        return tag.filter(PriceTag::isMarket)
                .map(at -> new PriceLine(
                        band,
                        energy,
                        BigDecimal.ZERO,
                        amount(),
                        Optional.of(new PriceTag(at.charge(), at.filter(), at.name(), true, Optional.empty()))))
                .orElse(this);
    }

    PriceLine negated() {
        return new PriceLine(band, energy.negated(), unitPrice, flat.negate(), tag);
    }

    private PriceLine plus(PriceLine other) {
        return new PriceLine(band, energy.plus(other.energy), unitPrice, flat.add(other.flat), tag);
    }
}
