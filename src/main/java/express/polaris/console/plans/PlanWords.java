package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.billing.pricing.ChargeFilter;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.ChargePrice;
import express.polaris.billing.pricing.ChargerGroups;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.TimeBands;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.TextKeys;
import express.polaris.console.plans.PlanPreview.Variant;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Summarises the prices of a plan. */
@Component
class PlanWords {

    private final TariffService tariffs;

    PlanWords(TariffService tariffs) {
        this.tariffs = tariffs;
    }

    String charges(Plan plan, Texts texts, Format format) {
        if (!plan.isSupported()) {
            return texts.get("console.plan.unknownPrice");
        }
        var names = Names.of(plan, tariffs);
        var energy = plan.charges().stream()
                .filter(charge -> !charge.isForSessions())
                .map(charge -> new Words(plan, charge, names, texts, format).all())
                .collect(Collectors.joining(" + "));
        var fees = plan.charges().stream()
                .filter(PlanCharge::isForSessions)
                .map(charge -> new Words(plan, charge, names, texts, format).all());
        return Stream.concat(Stream.of(energy.isEmpty() ? texts.get("console.plan.noCharge") : energy), fees)
                .collect(Collectors.joining(" · "));
    }

    /** Lists the prices of a plan that its price by amount of energy does not show. */
    List<Variant> variants(Plan plan, Energy energy, Texts texts, Format format) {
        var names = Names.of(plan, tariffs);
        var variants = new ArrayList<Variant>();
        for (var charge : plan.charges()) {
            var words = new Words(plan, charge, names, texts, format);
            if (charge.isForSessions()) {
                var metric = texts.get(TextKeys.metric(charge.metric().code()));
                charge.filters()
                        .forEach(filter -> variants.add(new Variant(
                                metric + ", " + names.of(filter),
                                words.price(filter.price(), false),
                                Optional.empty())));
                variants.add(new Variant(metric, words.price(charge.price(), false), Optional.empty()));
            } else if (charge.isTimed()) {
                charge.filters()
                        .forEach(filter -> variants.add(words.variant(names.of(filter), filter.price(), energy)));
                var otherwise = charge.filters().isEmpty() ? "console.plan.always" : "console.plan.otherwise";
                variants.add(words.variant(texts.get(otherwise), charge.price(), energy));
            }
        }
        return variants;
    }

    /** Names of what the filters of a plan name by code. */
    private record Names(TimeBands bands, ChargerGroups groups) {

        static Names of(Plan plan, TariffService tariffs) {
            var codes = plan.charges().stream()
                    .flatMap(charge -> charge.timeBands().stream())
                    .collect(Collectors.toSet());
            boolean isByPlace = plan.charges().stream()
                    .anyMatch(charge -> !charge.chargerGroups().isEmpty());
            return new Names(tariffs.bands(codes, Optional.empty()), isByPlace ? tariffs.groups() : ChargerGroups.NONE);
        }

        String of(ChargeFilter filter) {
            return filter.name()
                    .orElseGet(() -> Stream.concat(
                                    filter.timeBands().stream().sorted().map(bands::name),
                                    filter.chargerGroups().stream().sorted().map(groups::name))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Words for one charge. */
    private record Words(Plan plan, PlanCharge charge, Names names, Texts texts, Format format) {

        /** The price of what no filter matches, then that of each filter, then what is included, grace and cap. */
        String all() {
            var words = new StringBuilder(price(charge.price(), true));
            charge.filters()
                    .forEach(filter -> words.append(", ")
                            .append(names.of(filter))
                            .append(' ')
                            .append(price(filter.price(), false)));
            if (charge.included().energy().isPositive()) {
                words.append(", ")
                        .append(texts.get(
                                charge.included().rollsOver()
                                        ? "console.plan.words.rollsOver"
                                        : "console.plan.words.included",
                                format.plainEnergy(charge.included().energy())));
            }
            if (charge.grace().isPositive()) {
                words.append(' ')
                        .append(texts.get(
                                "console.plan.words.grace",
                                format.count(charge.grace().toMinutes())));
            }
            charge.cap()
                    .ifPresent(cap -> words.append(", ")
                            .append(texts.get("console.plan.words.cap", format.count(cap.toMinutes()))));
            return words.toString();
        }

        /** A price and what this energy costs at it; the cost at a market price is not known before. */
        Variant variant(String label, ChargePrice price, Energy energy) {
            Optional<Money> cost = switch (price) {
                case ChargePrice.ByModel(var model) -> Optional.of(new Money(model.rate(energy), plan.currency()));
                case ChargePrice.Market ignored -> Optional.empty();
            };
            return new Variant(label, price(price, true), cost);
        }

        /** @param isWhole whether it says what the price is for */
        private String price(ChargePrice price, boolean isWhole) {
            return switch (price) {
                case ChargePrice.Market market -> market(market);
                case ChargePrice.ByModel(var model) -> model(model, isWhole);
            };
        }

        private String model(ChargeModel model, boolean isWhole) {
            return switch (model) {
                case StandardModel(var price) -> isWhole ? texts.get(per(), money(price)) : money(price);
                case GraduatedModel(var tiers) -> tiers("console.plan.model.graduated", tiers, isWhole);
                case VolumeModel volume -> tiers("console.plan.model.volume", volume.ofUsage(), isWhole);
                case PackageModel(var price, var size, Energy free) ->
                    texts.get(
                            isEnergy() ? "console.plan.perPackage" : "console.plan.words.perPackageOf",
                            format.money(new Money(price, plan.currency())),
                            format.plainEnergy(size),
                            format.plainEnergy(free),
                            unit());
            };
        }

        private boolean isEnergy() {
            return charge.metric() == BillableMetric.ENERGY;
        }

        private String per() {
            return isEnergy() ? "dashboard.perKwh" : key() + ".per";
        }

        private String unit() {
            return isEnergy() ? "kWh" : texts.get(key() + ".unit");
        }

        private String key() {
            return "console.plan.words." + charge.metric().name().toLowerCase(Locale.ROOT);
        }

        private String market(ChargePrice.Market market) {
            var words = new StringBuilder(texts.get("console.plan.words.market", market.series()));
            if (market.factor().compareTo(BigDecimal.ONE) != 0) {
                words.append(" × ").append(format.number(market.factor(), 0, 4));
            }
            if (market.markup().signum() != 0) {
                words.append(market.markup().signum() > 0 ? " + " : " − ")
                        .append(money(market.markup().abs()));
            }
            market.floor()
                    .ifPresent(floor -> words.append(", ").append(texts.get("console.plan.words.floor", money(floor))));
            market.ceiling()
                    .ifPresent(top -> words.append(", ").append(texts.get("console.plan.words.ceiling", money(top))));
            return words.toString();
        }

        private String money(BigDecimal price) {
            return format.unitPrice(price, plan.currency());
        }

        private String tiers(String model, List<Tier> tiers, boolean isWhole) {
            if (tiers.size() == 1 && tiers.getFirst().flat().signum() == 0) {
                return model(new StandardModel(tiers.getFirst().unitPrice()), isWhole);
            }
            var list = tiers.stream().map(this::tier).collect(Collectors.joining(" · "));
            if (!isWhole) {
                return "(" + list + ")";
            }
            return (isEnergy() ? "" : unit() + ", ") + texts.get(model) + ": " + list;
        }

        private String tier(Tier tier) {
            var band = isEnergy()
                    ? format.band(Optional.of(tier.above()), tier.upTo())
                    : format.plainEnergy(tier.above())
                            + "–"
                            + tier.upTo().map(format::plainEnergy).orElse("∞");
            var price = money(tier.unitPrice());
            var flat = tier.flat().signum() == 0 ? "" : " + " + format.money(new Money(tier.flat(), plan.currency()));
            return band.isEmpty() ? price + flat : band + " " + price + flat;
        }
    }
}
