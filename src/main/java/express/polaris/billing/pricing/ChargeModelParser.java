package express.polaris.billing.pricing;

import express.polaris.billing.pricing.ParsedChargeModel.Malformed;
import express.polaris.billing.pricing.ParsedChargeModel.Supported;
import express.polaris.billing.pricing.ParsedChargeModel.Unsupported;
import express.polaris.platform.refusals.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parses a charge model and its properties from Lago's plan JSON. */
public final class ChargeModelParser {

    private static final Set<String> UNSUPPORTED_MODELS =
            Set.of("percentage", "graduated_percentage", "dynamic", "custom");

    /** Lago stores the properties of all models in one object and reads only those of the charge's own model. */
    private static final Set<String> LAGO_PROPERTIES = Set.of(
            "amount",
            "package_size",
            "free_units",
            "graduated_ranges",
            "volume_ranges",
            "graduated_percentage_ranges",
            "rate",
            "fixed_amount",
            "free_units_per_events",
            "free_units_per_total_aggregation",
            "per_transaction_min_amount",
            "per_transaction_max_amount",
            "custom_properties",
            "presentation_group_keys");

    private ChargeModelParser() {}

    /**
     * Parses a charge and reports all faults at once.
     *
     * @param model Lago's {@code charge_model}
     * @param properties Lago's JSON: strings, numbers, lists and maps; numbers preferably as strings or
     *     BigDecimal
     */
    public static ParsedChargeModel parse(String model, Map<String, ?> properties) {
        return parse(model, properties, "properties", Set.of());
    }

    /**
     * @param path of the properties within the charge
     * @param alsoKnown properties that are read elsewhere
     */
    static ParsedChargeModel parse(String model, Map<String, ?> properties, String path, Set<String> alsoKnown) {
        return parse(model, properties, path, alsoKnown, RangeStyles.ONE);
    }

    static ParsedChargeModel parse(String model, Map<String, ?> properties, RangeStyles styles) {
        return parse(model, properties, "properties", Set.of(), styles);
    }

    private static ParsedChargeModel parse(
            String model, Map<String, ?> properties, String path, Set<String> alsoKnown, RangeStyles styles) {
        if (UNSUPPORTED_MODELS.contains(model)) {
            return new Unsupported(List.of(model));
        }
        var faults = new ArrayList<Fault>();
        var reader = new PropertyReader(path, properties, faults);
        Optional<? extends ChargeModel> parsed = switch (model) {
            case "standard" -> standard(reader);
            case "graduated" ->
                new TierReader(reader, "graduated_ranges", styles).tiers().map(GraduatedModel::new);
            case "volume" ->
                new TierReader(reader, "volume_ranges", styles).tiers().map(VolumeModel::new);
            case "package" -> packages(reader);
            default -> {
                faults.add(new Fault("charge_model", PriceReason.MODEL.with(PropertyReader.quoted(model))));
                yield Optional.empty();
            }
        };
        if (!faults.isEmpty() || parsed.isEmpty()) {
            return new Malformed(faults);
        }
        var unsupported = reader.filledExcept(with(alsoKnown));
        return unsupported.isEmpty() ? new Supported(parsed.get()) : new Unsupported(unsupported);
    }

    /** Returns the properties of all of Lago's models and these. */
    static Set<String> with(Set<String> others) {
        return Stream.concat(LAGO_PROPERTIES.stream(), others.stream()).collect(Collectors.toSet());
    }

    private static Optional<StandardModel> standard(PropertyReader properties) {
        return properties.price("amount").map(StandardModel::new);
    }

    private static Optional<PackageModel> packages(PropertyReader properties) {
        var price = properties.price("amount");
        var size = properties.positiveEnergy("package_size");
        var free = properties.energy("free_units");
        return price.isPresent() && size.isPresent() && free.isPresent()
                ? Optional.of(new PackageModel(price.get(), size.get(), free.get()))
                : Optional.empty();
    }
}
