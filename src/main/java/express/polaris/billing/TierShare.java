package express.polaris.billing;

import express.polaris.pricing.ChargeModel;
import express.polaris.pricing.GraduatedModel;
import express.polaris.pricing.PackageModel;
import express.polaris.pricing.StandardModel;
import express.polaris.pricing.Tier;
import express.polaris.pricing.VolumeModel;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a session took of one tier of a billing period's usage. Tiers that it did not reach are left out.
 *
 * @param period the part of the billing period in which the subscription was in force
 * @param above where the tier begins in the period's usage
 * @param upTo where it ends; empty for the last
 * @param before used of the tier before the session's first energy in it; of the last tier too
 * @param energy of the session in the tier
 * @param unitPrice per kWh
 */
public record TierShare(
        Interval period, Energy above, Optional<Energy> upTo, Energy before, Energy energy, BigDecimal unitPrice) {

    /** A session's events; a negative correction takes no share. */
    static List<TierShare> of(Collection<PricedEvent> events) {
        var periods = new LinkedHashMap<SubscriptionPeriod, List<PricedEvent>>();
        events.stream()
                .sorted(Comparator.comparing(event -> event.event().position()))
                .filter(event ->
                        event.event().energy().isPositive() && !event.before().isNegative())
                .forEach(event -> periods.computeIfAbsent(event.period(), key -> new ArrayList<>())
                        .add(event));
        var shares = new ArrayList<TierShare>();
        periods.forEach((period, part) -> period.subscription().plan().models().stream()
                .flatMap(model -> tiers(model).stream())
                .forEach(tier -> share(period, tier, part).ifPresent(shares::add)));
        return List.copyOf(shares);
    }

    private static Optional<TierShare> share(SubscriptionPeriod period, Tier tier, List<PricedEvent> events) {
        var energy = Energy.ZERO;
        Optional<Energy> first = Optional.empty();
        for (var event : events) {
            var from = later(event.before(), tier.above());
            var until = event.before().plus(event.event().energy());
            var to = tier.upTo().filter(bound -> bound.compareTo(until) < 0).orElse(until);
            if (to.compareTo(from) > 0) {
                energy = energy.plus(to.minus(from));
                first = first.filter(earliest -> earliest.compareTo(from) < 0).or(() -> Optional.of(from));
            }
        }
        var sum = energy;
        return first.map(from -> new TierShare(
                period.inForce(), tier.above(), tier.upTo(), from.minus(tier.above()), sum, tier.unitPrice()));
    }

    private static List<Tier> tiers(ChargeModel model) {
        return switch (model) {
            case GraduatedModel(var tiers) -> tiers;
            case VolumeModel(var tiers) -> tiers;
            case StandardModel ignored -> List.of();
            case PackageModel ignored -> List.of();
        };
    }

    private static Energy later(Energy one, Energy other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
