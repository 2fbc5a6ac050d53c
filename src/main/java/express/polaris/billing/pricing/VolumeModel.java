package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Volume charge: the whole usage at the price of the tier that contains it, plus that tier's flat amount.
 * The total may fall when usage rises.
 *
 * @param tiers of the usage beyond the included energy; from zero, without gaps, the last one open
 * @param included energy that costs nothing and does not count in the tiers, zero or more
 */
public record VolumeModel(List<Tier> tiers, Energy included) implements ChargeModel {

    /** @throws IllegalArgumentException when the tiers do not cover all usage, or the included energy is negative */
    public VolumeModel {
        tiers = Tier.covering(tiers);
        if (included.isNegative()) {
            throw new IllegalArgumentException("Included energy cannot be negative (" + included + ")");
        }
    }

    public VolumeModel(List<Tier> tiers) {
        this(tiers, Energy.ZERO);
    }

    /** The tiers by the whole usage, with the included energy as the first one. */
    public List<Tier> ofUsage() {
        return Tier.after(included, tiers);
    }

    @Override
    public BigDecimal amountFor(Energy usage) {
        if (included.isPositive() && usage.compareTo(included) <= 0) {
            return BigDecimal.ZERO;
        }
        var tier = tierOf(usage);
        return tier.unitPrice().multiply(usage.minus(included).kilowattHours()).add(tier.flat());
    }

    /**
     * Returns a line of included energy, if any, and one line in the band that is reached; its flat amount re-prices the
     * earlier usage and may be negative.
     */
    @Override
    public List<PriceLine> lines(Energy from, Energy to) {
        var free = included.isPositive() ? Band.between(Energy.ZERO, included).partOf(from, to) : Energy.ZERO;
        var lines = new ArrayList<PriceLine>();
        if (free.isPositive()) {
            lines.add(new PriceLine(Band.between(Energy.ZERO, included), free, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        if (to.compareTo(included) > 0) {
            var tier = tierOf(to);
            var energy = to.minus(from).minus(free);
            var flat = rate(to).subtract(rate(from)).subtract(tier.unitPrice().multiply(energy.kilowattHours()));
            lines.add(new PriceLine(tier.band(), energy, tier.unitPrice(), flat));
        }
        return lines;
    }

    private Tier tierOf(Energy usage) {
        return ofUsage().stream()
                .filter(tier -> tier.band().contains(usage))
                .findFirst()
                .orElse(tiers.getFirst());
    }
}
