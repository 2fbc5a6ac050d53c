package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step in the explanation of a price: amount = unit price × kWh + flat, exactly.
 *
 * @param band band of the billing period's usage that contains the energy
 * @param energy negative when a correction takes energy back
 * @param unitPrice per kWh
 * @param flat part not covered by unit price × kWh: a tier's flat amount, started packages, re-pricing by a
 *     volume charge; negative when given back
 */
public record PriceLine(Band band, Energy energy, BigDecimal unitPrice, BigDecimal flat) {

    /** Unit price × kWh + flat, unrounded, in the main unit of the plan's currency. */
    public BigDecimal amount() {
        return unitPrice.multiply(energy.kilowattHours()).add(flat);
    }

    /**
     * Merges lines with equal band and unit price, in order of first appearance; the total stays the same. Do
     * not mix lines of several plans or periods.
     */
    public static List<PriceLine> merged(Collection<PriceLine> lines) {
        var sum = new Sum();
        lines.forEach(sum::add);
        return sum.lines();
    }

    /** Merges lines incrementally. */
    public static final class Sum {

        private record Kind(Band band, BigDecimal unitPrice) {}

        private final Map<Kind, PriceLine> merged = new LinkedHashMap<>();

        public void add(PriceLine line) {
            merged.merge(new Kind(line.band, line.unitPrice), line, PriceLine::plus);
        }

        /** The merged lines, in order of first appearance. */
        public List<PriceLine> lines() {
            return List.copyOf(merged.values());
        }
    }

    PriceLine negated() {
        return new PriceLine(band, energy.negated(), unitPrice, flat.negate());
    }

    private PriceLine plus(PriceLine other) {
        return new PriceLine(band, energy.plus(other.energy), unitPrice, flat.add(other.flat));
    }
}
