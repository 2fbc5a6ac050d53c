package express.polaris.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of "why this price": its amount is always unit price × kWh + flat, exactly.
 *
 * @param band where in the billing period's usage the energy lies
 * @param energy negative when a correction takes energy back
 * @param unitPrice per kWh
 * @param flat what unit price × kWh does not carry: a tier's flat amount, started packages, what a volume charge
 *     re-prices; negative when it is given back
 */
public record PriceLine(Band band, Energy energy, BigDecimal unitPrice, BigDecimal flat) {

    /** Unit price × kWh + flat, unrounded, in the main unit of the plan's currency. */
    public BigDecimal amount() {
        return unitPrice.multiply(energy.kilowattHours()).add(flat);
    }

    /**
     * The same amounts on fewer lines: one for each band and unit price, in order of first appearance. Lines of several
     * plans or periods do not belong together.
     */
    public static List<PriceLine> merged(Collection<PriceLine> lines) {
        var sum = new Sum();
        lines.forEach(sum::add);
        return sum.lines();
    }

    /** Merges lines as they come. */
    public static final class Sum {

        private record Kind(Band band, BigDecimal unitPrice) {}

        private final Map<Kind, PriceLine> merged = new LinkedHashMap<>();

        public void add(PriceLine line) {
            merged.merge(new Kind(line.band, line.unitPrice), line, PriceLine::plus);
        }

        /** In order of first appearance. */
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
