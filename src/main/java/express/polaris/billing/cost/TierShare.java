package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Session's share of one tier of a billing period's usage. Tiers without a share are omitted.
 *
 * @param period part of the billing period in which the subscription was in force
 * @param above lower bound of the tier in the period's usage
 * @param upTo upper bound; empty for the last tier
 * @param before energy that was already used in the tier when the session first reached it
 * @param energy the session's energy in the tier
 * @param unitPrice per kWh
 */
public record TierShare(
        Interval period, Energy above, Optional<Energy> upTo, Energy before, Energy energy, BigDecimal unitPrice) {

    /** Sums the shares of a session's events in the tiers of one billing period. */
    static final class Sum {

        private final SubscriptionPeriod period;
        private final List<Tier> tiers;
        private final Energy[] energy;
        private final Energy[] first;

        Sum(SubscriptionPeriod period) {
            this.period = period;
            tiers = period.plan().models().stream()
                    .flatMap(model -> tiers(model).stream())
                    .toList();
            energy = new Energy[tiers.size()];
            first = new Energy[tiers.size()];
            Arrays.fill(energy, Energy.ZERO);
            Arrays.fill(first, Energy.ZERO);
        }

        /** Adds an event's energy. Negative corrections, and energy at a negative running total, have no share. */
        void add(Energy before, Energy added) {
            if (!added.isPositive() || before.isNegative()) {
                return;
            }
            for (int i = 0; i < energy.length; i++) {
                var tier = tiers.get(i);
                var from = later(before, tier.above());
                var until = before.plus(added);
                var to = tier.upTo().filter(bound -> bound.compareTo(until) < 0).orElse(until);
                if (to.compareTo(from) > 0) {
                    first[i] = energy[i].isZero() || from.compareTo(first[i]) < 0 ? from : first[i];
                    energy[i] = energy[i].plus(to.minus(from));
                }
            }
        }

        /** Returns the tiers with a share. */
        Stream<TierShare> shares() {
            return IntStream.range(0, energy.length)
                    .filter(i -> energy[i].isPositive())
                    .mapToObj(i -> {
                        var tier = tiers.get(i);
                        return new TierShare(
                                period.inForce(),
                                tier.above(),
                                tier.upTo(),
                                first[i].minus(tier.above()),
                                energy[i],
                                tier.unitPrice());
                    });
        }
    }

    private static List<Tier> tiers(ChargeModel model) {
        return switch (model) {
            case GraduatedModel(var tiers) -> tiers;
            case VolumeModel volume -> volume.ofUsage();
            case StandardModel ignored -> List.of();
            case PackageModel ignored -> List.of();
        };
    }

    private static Energy later(Energy one, Energy other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
