package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Package charge: each started package costs its full price.
 *
 * @param packagePrice per package, not negative
 * @param size energy in a package, more than zero
 * @param free energy before the first package starts, zero or more
 */
public record PackageModel(BigDecimal packagePrice, Energy size, Energy free) implements ChargeModel {

    public PackageModel {
        if (packagePrice.signum() < 0 || !size.isPositive() || free.isNegative()) {
            throw new IllegalArgumentException("A package has a size above zero, no negative price and no negative free"
                    + " energy (" + packagePrice + " per " + size + ", free " + free + ")");
        }
    }

    @Override
    public BigDecimal amountFor(Energy usage) {
        var beyondFree = usage.minus(free).wattHours().max(BigDecimal.ZERO);
        return packagePrice.multiply(beyondFree.divide(size.wattHours(), 0, RoundingMode.CEILING));
    }

    /** Returns the free energy, and the rest with its started packages as a flat amount. */
    @Override
    public List<PriceLine> lines(Energy from, Energy to) {
        var lines = new ArrayList<PriceLine>();
        if (from.compareTo(free) < 0) {
            var band = Band.between(Energy.ZERO, free);
            lines.add(new PriceLine(band, band.partOf(from, to), BigDecimal.ZERO, BigDecimal.ZERO));
        }
        if (to.compareTo(free) > 0) {
            var band = Band.above(free);
            var started = rate(to).subtract(rate(from));
            lines.add(new PriceLine(band, band.partOf(from, to), BigDecimal.ZERO, started));
        }
        return lines;
    }
}
