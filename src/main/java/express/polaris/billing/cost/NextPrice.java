package express.polaris.billing.cost;

import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.Rating;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Price of the next kWh at a place in a billing period: rate(used + 1 kWh) − rate(used), over all charges
 * for energy of the plan.
 *
 * @param perKwh of all charges except {@code packages}; negative where a volume charge falls
 * @param once part of it that the following kWh does not cost again: a tier's flat amount, re-pricing by a
 *     volume charge
 * @param packages package charges that the next kWh falls into; a price per kWh would be misleading for
 *     them
 * @param left energy until the price changes, at the end of a tier or of the free energy; empty when it
 *     does not change
 */
public record NextPrice(BigDecimal perKwh, BigDecimal once, List<Package> packages, Optional<Energy> left) {

    private static final Energy KILOWATT_HOUR = Energy.ofWattHours(1_000);

    public NextPrice {
        packages = List.copyOf(packages);
    }

    /** Package size and price; each started package costs its full price. */
    public record Package(BigDecimal price, Energy size) {}

    /**
     * Charge model at its running total.
     *
     * @param used energy that it has counted in the period so far; negative after corrections
     */
    record Rated(ChargeModel model, Energy used) {

        BigDecimal amount() {
            return Rating.of(model, used, KILOWATT_HOUR).amount();
        }

        BigDecimal once() {
            return model instanceof PackageModel
                    ? BigDecimal.ZERO
                    : Rating.of(model, used, KILOWATT_HOUR).lines().stream()
                            .map(PriceLine::flat)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        Optional<Package> asPackage() {
            return packageOf(model, used);
        }

        Optional<Energy> left() {
            return end(model, used).map(bound -> bound.minus(used));
        }
    }

    /**
     * @param market price per kWh beside those of the models; may be negative
     */
    static NextPrice of(List<Rated> models, BigDecimal market) {
        var perKwh = market;
        var once = BigDecimal.ZERO;
        for (var rated : models) {
            if (rated.asPackage().isEmpty()) {
                perKwh = perKwh.add(rated.amount());
                once = once.add(rated.once());
            }
        }
        return new NextPrice(
                perKwh,
                once,
                models.stream().flatMap(rated -> rated.asPackage().stream()).toList(),
                models.stream().flatMap(rated -> rated.left().stream()).min(Comparator.naturalOrder()));
    }

    /** Returns the price per kWh; empty when package charges contribute to it. */
    public Optional<BigDecimal> asOneNumber() {
        return packages.isEmpty() ? Optional.of(perKwh) : Optional.empty();
    }

    /** Free energy and packages of 1 kWh have an accurate price per kWh. */
    private static Optional<Package> packageOf(ChargeModel model, Energy used) {
        return model instanceof PackageModel(var price, var size, var free)
                        && used.plus(KILOWATT_HOUR).compareTo(free) > 0
                        && !size.equals(KILOWATT_HOUR)
                ? Optional.of(new Package(price, size))
                : Optional.empty();
    }

    /** Returns the usage at which the price changes next. */
    private static Optional<Energy> end(ChargeModel model, Energy used) {
        return switch (model) {
            case StandardModel ignored -> Optional.empty();
            case GraduatedModel(var tiers) -> end(tiers, used);
            case VolumeModel volume -> end(volume.ofUsage(), used);
            case PackageModel(var price, var size, var free) ->
                free.compareTo(used) > 0 ? Optional.of(free) : Optional.empty();
        };
    }

    private static Optional<Energy> end(List<Tier> tiers, Energy used) {
        return tiers.stream()
                .flatMap(tier -> tier.upTo().stream())
                .filter(bound -> bound.compareTo(used) > 0)
                .findFirst();
    }
}
