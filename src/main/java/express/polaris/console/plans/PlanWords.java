package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.ChargeModel;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.Tier;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Summarises the energy prices of a plan. */
@Component
class PlanWords {

    String charges(Plan plan, Texts texts, Format format) {
        if (!plan.isSupported()) {
            return texts.get("console.plan.unknownPrice");
        }
        if (plan.models().isEmpty()) {
            return texts.get("console.plan.noCharge");
        }
        return plan.models().stream()
                .map(model -> model(model, plan, texts, format))
                .collect(Collectors.joining(" + "));
    }

    private static String model(ChargeModel model, Plan plan, Texts texts, Format format) {
        return switch (model) {
            case StandardModel(var price) -> texts.get("dashboard.perKwh", format.unitPrice(price, plan.currency()));
            case GraduatedModel(var tiers) ->
                texts.get("console.plan.model.graduated") + ": " + tiers(tiers, plan, format);
            case VolumeModel(var tiers) -> texts.get("console.plan.model.volume") + ": " + tiers(tiers, plan, format);
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
