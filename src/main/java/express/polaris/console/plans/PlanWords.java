package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.ChargeFilter;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.ChargePrice;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.TextKeys;
import express.polaris.console.plans.PlanPreview.Variant;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.ArrayList;
import java.util.List;
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
        if (plan.charges().isEmpty()) {
            return texts.get("console.plan.noCharge");
        }
        return plan.charges().stream()
                .map(charge -> charge(charge, plan, texts, format))
                .collect(Collectors.joining(" + "));
    }

    /** Lists the prices of a plan that its price by amount of energy does not show. */
    List<Variant> variants(Plan plan, Energy energy, Texts texts, Format format) {
        var variants = new ArrayList<Variant>();
        for (var charge : plan.charges()) {
            if (charge.isForSessions()) {
                variants.add(new Variant(
                        texts.get(TextKeys.metric(charge.metric().code())),
                        price(charge.price(), charge, plan, texts, format),
                        Optional.empty()));
            } else if (charge.isTimed()) {
                for (var filter : charge.filters()) {
                    variants.add(variant(label(filter), filter.price(), charge, plan, energy, texts, format));
                }
                var otherwise =
                        texts.get(charge.filters().isEmpty() ? "console.plan.always" : "console.plan.otherwise");
                variants.add(variant(otherwise, charge.price(), charge, plan, energy, texts, format));
            }
        }
        return variants;
    }

    private Variant variant(
            String label, ChargePrice price, PlanCharge charge, Plan plan, Energy energy, Texts texts, Format format) {
        Optional<Money> cost = switch (price) {
            case ChargePrice.ByModel(var model) -> Optional.of(new Money(model.rate(energy), plan.currency()));
            case ChargePrice.Market _ -> Optional.empty();
        };
        return new Variant(label, price(price, charge, plan, texts, format), cost);
    }

    private String charge(PlanCharge charge, Plan plan, Texts texts, Format format) {
        var price = price(charge.price(), charge, plan, texts, format);
        if (charge.isForSessions()) {
            return texts.get(TextKeys.metric(charge.metric().code())) + ": " + price;
        }
        return Stream.concat(
                        Stream.of(price),
                        charge.filters().stream()
                                .map(filter ->
                                        label(filter) + ": " + price(filter.price(), charge, plan, texts, format)))
                .collect(Collectors.joining(" · "));
    }

    private static String price(ChargePrice price, PlanCharge charge, Plan plan, Texts texts, Format format) {
        return switch (price) {
            case ChargePrice.ByModel(StandardModel(var each))
            when charge.isForSessions() -> format.unitPrice(each, plan.currency());
            case ChargePrice.ByModel(var model) -> model(model, plan, texts, format);
            case ChargePrice.Market market ->
                texts.get(
                        "console.plan.marketPrice",
                        market.series(),
                        format.number(market.factor(), 0, 6),
                        format.unitPrice(market.markup(), plan.currency()));
        };
    }

    /** When and where a filter holds, by the names of its bands and groups. */
    private String label(ChargeFilter filter) {
        var bands = tariffs.bands(filter.timeBands(), Optional.empty());
        var groups = tariffs.groups();
        return filter.name()
                .orElseGet(() -> Stream.of(
                                filter.timeBands().stream().sorted().map(bands::name),
                                filter.chargerGroups().stream().sorted().map(groups::name))
                        .map(names -> names.collect(Collectors.joining(", ")))
                        .filter(names -> !names.isEmpty())
                        .collect(Collectors.joining(" · ")));
    }

    private static String model(ChargeModel model, Plan plan, Texts texts, Format format) {
        return switch (model) {
            case StandardModel(var price) -> texts.get("dashboard.perKwh", format.unitPrice(price, plan.currency()));
            case GraduatedModel(var tiers) ->
                texts.get("console.plan.model.graduated") + ": " + tiers(tiers, plan, format);
            case VolumeModel volume ->
                texts.get("console.plan.model.volume") + ": " + tiers(volume.ofUsage(), plan, format);
            case PackageModel(var price, var size, Energy free) ->
                texts.get(
                        "console.plan.perPackage",
                        format.money(new Money(price, plan.currency())),
                        format.plainEnergy(size),
                        format.plainEnergy(free));
        };
    }

    private static String tiers(List<Tier> tiers, Plan plan, Format format) {
        return tiers.stream().map(tier -> tier(tier, plan, format)).collect(Collectors.joining(" · "));
    }

    private static String tier(Tier tier, Plan plan, Format format) {
        var band = format.band(Optional.of(tier.above()), tier.upTo());
        var price = format.unitPrice(tier.unitPrice(), plan.currency());
        var flat = tier.flat().signum() == 0 ? "" : " + " + format.money(new Money(tier.flat(), plan.currency()));
        return band.isEmpty() ? price + flat : band + " " + price + flat;
    }
}
