package express.polaris.billing.pricing;

import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Energy of each billing period that costs nothing and does not count in the tiers.
 *
 * @param energy zero or more
 * @param rollsOver what a billing period leaves of it is added to that of the next one
 */
public record IncludedEnergy(Energy energy, boolean rollsOver) {

    static final IncludedEnergy NOTHING = new IncludedEnergy(Energy.ZERO, false);

    /** @throws IllegalArgumentException when the energy is negative */
    public IncludedEnergy {
        if (energy.isNegative()) {
            throw new IllegalArgumentException("Included energy cannot be negative (" + energy + ")");
        }
    }

    /** Adds what the billing period before has left. */
    IncludedEnergy plus(Energy rolledOver) {
        return new IncludedEnergy(energy.plus(rolledOver), rollsOver);
    }

    /** Returns what is left after a billing period that used this much; never negative. */
    Energy left(Energy used) {
        var left = used.isNegative() ? energy : energy.minus(used);
        return left.isNegative() ? Energy.ZERO : left;
    }

    /** Returns the model of the whole usage, for a model of what is beyond the included energy. */
    ChargeModel before(ChargeModel model) {
        return energy.isZero()
                ? model
                : switch (model) {
                    case StandardModel(var unitPrice) ->
                        new GraduatedModel(Tier.after(
                                energy, List.of(new Tier(Energy.ZERO, Optional.empty(), unitPrice, BigDecimal.ZERO))));
                    case GraduatedModel(var tiers) -> new GraduatedModel(Tier.after(energy, tiers));
                    case VolumeModel(var tiers, var ignored) -> new VolumeModel(tiers, energy);
                    case PackageModel packages -> packages;
                };
    }
}
