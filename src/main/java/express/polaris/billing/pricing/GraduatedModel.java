package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Graduated charge: each kWh costs the price of its tier, and each reached tier adds its flat amount once.
 * A tier is reached by usage above its lower bound; the first one is always reached.
 *
 * @param tiers from zero, without gaps, the last one open
 */
public record GraduatedModel(List<Tier> tiers) implements ChargeModel {

    public GraduatedModel {
        tiers = Tier.covering(tiers);
    }

    @Override
    public BigDecimal amountFor(Energy usage) {
        var amount = BigDecimal.ZERO;
        for (var tier : tiers) {
            if (tier.above().isZero() || usage.compareTo(tier.above()) > 0) {
                var energy = tier.band().partOf(Energy.ZERO, usage);
                amount = amount.add(tier.unitPrice().multiply(energy.kilowattHours()))
                        .add(tier.flat());
            }
        }
        return amount;
    }

    @Override
    public List<PriceLine> lines(Energy from, Energy to) {
        var lines = new ArrayList<PriceLine>();
        for (var tier : tiers) {
            var energy = tier.band().partOf(from, to);
            if (energy.isPositive()) {
                var opensTier = from.compareTo(tier.above()) <= 0;
                lines.add(new PriceLine(
                        tier.band(), energy, tier.unitPrice(), opensTier ? tier.flat() : BigDecimal.ZERO));
            }
        }
        return lines;
    }
}
