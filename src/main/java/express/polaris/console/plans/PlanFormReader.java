package express.polaris.console.plans;

import express.polaris.console.plans.EnergyForm.Included;
import express.polaris.console.plans.EnergyForm.Market;
import express.polaris.console.plans.EnergyForm.Prices;
import express.polaris.console.plans.EnergyForm.TierRow;
import express.polaris.console.plans.PlanForm.FeeRow;
import express.polaris.console.plans.PlanForm.FilterRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the charges of a saved plan into the form; a charge that the form cannot express leaves nothing. */
final class PlanFormReader {

    private static final Set<String> FILTER_VALUES = Set.of("time_band", "charger_group");

    private PlanFormReader() {}

    static Optional<PlanForm> read(
            PlanForm.Basics basics, List<? extends Map<String, ? extends @Nullable Object>> charges) {
        var energy = charges.stream()
                .filter(charge -> PlanFormWriter.ENERGY.equals(charge.get("billable_metric_code")))
                .toList();
        var fees = new ArrayList<FeeRow>();
        for (var charge : charges) {
            if (!energy.contains(charge)) {
                var fee = fee(charge);
                if (fee.isEmpty()) {
                    return Optional.empty();
                }
                fees.add(fee.get());
            }
        }
        if (energy.size() > 1) {
            return Optional.empty();
        }
        return (energy.isEmpty() ? Optional.of(EnergyForm.EMPTY) : energy(energy.getFirst()))
                .map(read -> new PlanForm(basics, read, fees));
    }

    private static Optional<EnergyForm> energy(Map<String, ? extends @Nullable Object> charge) {
        var properties = object(charge.get("properties"));
        return priced(String.valueOf(charge.get("charge_model")), properties)
                .flatMap(form -> included(form, properties))
                .flatMap(form -> filters(form.model(), charge).map(form::withFilters));
    }

    private static Optional<EnergyForm> priced(String model, Map<?, ?> properties) {
        var form = EnergyForm.EMPTY;
        return switch (model) {
            case "standard" -> Optional.of(form.with(model, new Prices(text(properties.get("amount")), "", "", "0")));
            case "package" ->
                Optional.of(form.with(
                        model,
                        new Prices(
                                "",
                                text(properties.get("amount")),
                                text(properties.get("package_size")),
                                text(properties.get("free_units")))));
            case "graduated", "volume" ->
                Optional.of(tiers(properties.get(model + "_ranges")))
                        .filter(tiers -> !tiers.isEmpty())
                        .map(tiers -> form.withTiers(model, tiers));
            case "dynamic" ->
                Optional.of(form.with(new Market(
                        text(properties.get("price_series")),
                        properties.get("factor") == null ? "1" : text(properties.get("factor")),
                        text(properties.get("markup")),
                        text(properties.get("floor")),
                        text(properties.get("ceiling")))));
            default -> Optional.empty();
        };
    }

    private static Optional<EnergyForm> included(EnergyForm form, Map<?, ?> properties) {
        boolean isGiven = properties.get("included_kwh") != null || properties.get("included_roll_over") != null;
        return isGiven && !form.isByUsage()
                ? Optional.empty()
                : Optional.of(form.with(new Included(
                        text(properties.get("included_kwh")),
                        Boolean.TRUE.equals(properties.get("included_roll_over")))));
    }

    private static List<TierRow> tiers(@Nullable Object ranges) {
        return list(ranges).stream()
                .map(PlanFormReader::object)
                .map(range -> new TierRow(
                        text(range.get("to_value")),
                        text(range.get("per_unit_amount")),
                        range.get("flat_amount") == null ? "0" : text(range.get("flat_amount"))))
                .toList();
    }

    /** Filters of a charge; empty if the form cannot express them. */
    private static Optional<List<FilterRow>> filters(String model, Map<String, ? extends @Nullable Object> charge) {
        var rows = new ArrayList<FilterRow>();
        for (var filter : list(charge.get("filters"))) {
            var values = object(object(filter).get("values"));
            var price = onlyPrice(model, object(object(filter).get("properties")));
            boolean simple = FILTER_VALUES.containsAll(values.keySet())
                    && values.values().stream().allMatch(value -> list(value).size() == 1);
            if (!simple || price.isEmpty()) {
                return Optional.empty();
            }
            rows.add(new FilterRow(only(values.get("time_band")), only(values.get("charger_group")), price.get()));
        }
        return Optional.of(rows);
    }

    /** The price of a filter if it is the same for everything that the filter matches. */
    private static Optional<String> onlyPrice(String model, Map<?, ?> properties) {
        if (properties.size() != 1) {
            return Optional.empty();
        }
        return switch (model) {
            case "standard" -> Optional.ofNullable(properties.get("amount")).map(PlanFormReader::text);
            case "graduated", "volume" ->
                Optional.of(tiers(properties.get(model + "_ranges")))
                        .filter(tiers -> tiers.size() == 1)
                        .map(List::getFirst)
                        .filter(tier -> tier.upTo().isEmpty() && tier.flat().equals("0"))
                        .map(TierRow::unitPrice);
            default -> Optional.empty();
        };
    }

    private static Optional<FeeRow> fee(Map<String, ? extends @Nullable Object> charge) {
        var metric = String.valueOf(charge.get("billable_metric_code"));
        var properties = object(charge.get("properties"));
        return PlanForm.METRICS.contains(metric) && "standard".equals(charge.get("charge_model"))
                ? filters("standard", charge)
                        .map(filters -> new FeeRow(
                                metric,
                                text(properties.get("amount")),
                                text(properties.get("grace_minutes")),
                                text(properties.get("cap_minutes")),
                                filters))
                : Optional.empty();
    }

    private static String only(@Nullable Object values) {
        return list(values).stream().findFirst().map(PlanFormReader::text).orElse("");
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** A number without trailing zeros; another text as it is. */
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        try {
            return PlanForm.plain(new BigDecimal(value.toString()));
        } catch (NumberFormatException e) {
            return value.toString();
        }
    }
}
