package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;

/**
 * Volume charge: the whole usage at the price of the tier that contains it, plus that tier's flat amount.
 * The total may fall when usage rises.
 *
 * @param tiers from zero, without gaps, the last one open
 */
public record VolumeModel(List<Tier> tiers) implements ChargeModel {

    public VolumeModel {
        tiers = Tier.covering(tiers);
    }

    @Override
    public BigDecimal amountFor(Energy usage) {
        var tier = tierOf(usage);
        return tier.unitPrice().multiply(usage.kilowattHours()).add(tier.flat());
    }

    /**
     * Returns one line, in the band that is reached; its flat amount re-prices the earlier usage and may be
     * negative.
     */
    @Override
    public List<PriceLine> lines(Energy from, Energy to) {
        var tier = tierOf(to);
        var energy = to.minus(from);
        var flat = rate(to).subtract(rate(from)).subtract(tier.unitPrice().multiply(energy.kilowattHours()));
        return List.of(new PriceLine(tier.band(), energy, tier.unitPrice(), flat));
    }

    private Tier tierOf(Energy usage) {
        return tiers.stream()
                .filter(tier -> tier.band().contains(usage))
                .findFirst()
                .orElse(tiers.getFirst());
    }
}
