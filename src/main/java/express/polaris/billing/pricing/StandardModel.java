package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;

/**
 * Standard charge: every kWh costs the same price.
 *
 * @param unitPrice per kWh, not negative
 */
public record StandardModel(BigDecimal unitPrice) implements ChargeModel {

    public StandardModel {
        if (unitPrice.signum() < 0) {
            throw new IllegalArgumentException("A price per kWh cannot be negative (" + unitPrice + ")");
        }
    }

    @Override
    public BigDecimal amountFor(Energy usage) {
        return unitPrice.multiply(usage.kilowattHours());
    }

    @Override
    public List<PriceLine> lines(Energy from, Energy to) {
        return List.of(new PriceLine(Band.USAGE, to.minus(from), unitPrice, BigDecimal.ZERO));
    }
}
