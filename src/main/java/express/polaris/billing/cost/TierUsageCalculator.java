package express.polaris.billing.cost;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.PriceTag;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Splits usage by the tiers of a plan. */
final class TierUsageCalculator {

    private TierUsageCalculator() {}

    /**
     * Tiers of several billing periods combined: they add up to the total cost. Tiers with equal bounds and
     * price are merged, and none is current.
     */
    static final class Sum {

        private record Kind(Energy above, Optional<Energy> upTo, BigDecimal unitPrice, Optional<String> name) {}

        private final Map<Kind, TierUsage> tiers = new LinkedHashMap<>();

        /** Adds the usage between two running totals of one billing period. */
        void add(Plan plan, Energy before, Energy after) {
            if (plan.isSupported()) {
                of(plan, after).forEach(tier -> merge(tier, false));
                of(plan, before).forEach(tier -> merge(tier, true));
            }
        }

        /** Adds a line of a price that depends on time or place. */
        void add(PriceLine line) {
            merge(of(line), false);
        }

        private void merge(TierUsage tier, boolean less) {
            var own = new TierUsage(
                    tier.above(),
                    tier.upTo(),
                    less ? tier.energy().negated() : tier.energy(),
                    tier.unitPrice(),
                    less ? tier.flat().negate() : tier.flat(),
                    less ? tier.amount().negate() : tier.amount(),
                    false,
                    tier.name());
            tiers.merge(
                    new Kind(tier.above(), tier.upTo(), tier.unitPrice().stripTrailingZeros(), tier.name()),
                    own,
                    (one, other) -> new TierUsage(
                            one.above(),
                            one.upTo(),
                            one.energy().plus(other.energy()),
                            one.unitPrice(),
                            one.flat().add(other.flat()),
                            one.amount().add(other.amount()),
                            false,
                            one.name()));
        }

        List<TierUsage> all() {
            return List.copyOf(tiers.values());
        }
    }

    /** Splits a running total by the tiers of a plan. */
    static List<TierUsage> of(Plan plan, Energy total) {
        return plan.models().stream()
                .flatMap(model -> of(model, total).stream())
                .toList();
    }

    /** Converts a line of a price that depends on time or place. */
    static TierUsage of(PriceLine line) {
        return new TierUsage(
                line.band().above().orElse(Energy.ZERO),
                line.band().upTo(),
                line.energy(),
                line.unitPrice(),
                line.flat(),
                line.amount(),
                false,
                line.tag().flatMap(PriceTag::name));
    }

    private static List<TierUsage> of(ChargeModel model, Energy total) {
        return switch (model) {
            case StandardModel(var price) -> List.of(open(Energy.ZERO, total, price, BigDecimal.ZERO, true));
            case PackageModel(var price, var size, var free) -> packages(model, total, free);
            case GraduatedModel(var tiers) ->
                tiers.stream()
                        .map(tier -> {
                            boolean reached = total.compareTo(tier.above()) > 0;
                            return usage(tier, part(tier, total), reached ? tier.flat() : BigDecimal.ZERO, total);
                        })
                        .toList();
            case VolumeModel volume ->
                volume.ofUsage().stream()
                        .map(tier -> {
                            boolean isIncluded = tier.upTo()
                                    .filter(volume.included()::equals)
                                    .isPresent();
                            boolean here = total.isPositive() && contains(tier, total);
                            var energy = isIncluded
                                    ? part(tier, total)
                                    : here ? total.minus(volume.included()) : Energy.ZERO;
                            return usage(tier, energy, here ? tier.flat() : BigDecimal.ZERO, total);
                        })
                        .toList();
        };
    }

    private static List<TierUsage> packages(ChargeModel model, Energy total, Energy free) {
        var beyond = total.minus(free);
        var paid = beyond.isPositive() ? beyond : Energy.ZERO;
        var rest = new TierUsage(
                free,
                Optional.empty(),
                paid,
                BigDecimal.ZERO,
                model.rate(total),
                model.rate(total),
                !beyond.isNegative());
        if (free.isZero()) {
            return List.of(rest);
        }
        var first = new TierUsage(
                Energy.ZERO,
                Optional.of(free),
                total.minus(paid),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                beyond.isNegative());
        return List.of(first, rest);
    }

    private static TierUsage usage(Tier tier, Energy energy, BigDecimal flat, Energy total) {
        boolean current = total.compareTo(tier.above()) >= 0 || tier.above().isZero();
        boolean full = tier.upTo().filter(bound -> total.compareTo(bound) >= 0).isPresent();
        return new TierUsage(
                tier.above(),
                tier.upTo(),
                energy,
                tier.unitPrice(),
                flat,
                tier.unitPrice().multiply(energy.kilowattHours()).add(flat),
                current && !full);
    }

    private static TierUsage open(Energy above, Energy energy, BigDecimal unitPrice, BigDecimal flat, boolean current) {
        var amount = unitPrice.multiply(energy.kilowattHours()).add(flat);
        return new TierUsage(above, Optional.empty(), energy, unitPrice, flat, amount, current);
    }

    private static Energy part(Tier tier, Energy total) {
        var end = tier.upTo().filter(bound -> bound.compareTo(total) < 0).orElse(total);
        return end.compareTo(tier.above()) > 0 ? end.minus(tier.above()) : Energy.ZERO;
    }

    private static boolean contains(Tier tier, Energy total) {
        return total.compareTo(tier.above()) > 0
                && tier.upTo().filter(bound -> total.compareTo(bound) > 0).isEmpty();
    }
}
