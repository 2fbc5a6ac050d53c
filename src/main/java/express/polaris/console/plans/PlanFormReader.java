package express.polaris.console.plans;

import express.polaris.console.plans.PlanForm.FeeRow;
import express.polaris.console.plans.PlanForm.FilterRow;
import express.polaris.console.plans.PlanForm.Market;
import express.polaris.console.plans.PlanForm.Prices;
import express.polaris.console.plans.PlanForm.TierRow;
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

    static Optional<PlanForm> read(PlanForm form, List<? extends Map<String, ? extends @Nullable Object>> charges) {
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
        return energy.isEmpty()
                ? Optional.of(form.with(List.of(), fees))
                : filters(energy.getFirst())
                        .flatMap(filters -> energy(form, energy.getFirst()).map(read -> read.with(filters, fees)));
    }

    private static Optional<PlanForm> energy(PlanForm form, Map<String, ? extends @Nullable Object> charge) {
        var properties = object(charge.get("properties"));
        var model = String.valueOf(charge.get("charge_model"));
        if (properties.containsKey("included_kwh") || properties.containsKey("included_roll_over")) {
            return Optional.empty();
        }
        return switch (model) {
            case "standard" ->
                Optional.of(form.with(model, new Prices(text(properties.get("amount")), "", "", "0"), form.tiers()));
            case "package" ->
                Optional.of(form.with(
                        model,
                        new Prices(
                                "",
                                text(properties.get("amount")),
                                text(properties.get("package_size")),
                                text(properties.get("free_units"))),
                        form.tiers()));
            case "graduated", "volume" -> {
                var tiers = tiers(properties.get(model + "_ranges"));
                yield tiers.isEmpty() ? Optional.empty() : Optional.of(form.with(model, form.prices(), tiers));
            }
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
    private static Optional<List<FilterRow>> filters(Map<String, ? extends @Nullable Object> charge) {
        var rows = new ArrayList<FilterRow>();
        for (var filter : list(charge.get("filters"))) {
            var values = object(object(filter).get("values"));
            var properties = object(object(filter).get("properties"));
            boolean simple = "standard".equals(charge.get("charge_model"))
                    && FILTER_VALUES.containsAll(values.keySet())
                    && values.values().stream().allMatch(value -> list(value).size() == 1)
                    && Set.of("amount").equals(properties.keySet());
            if (!simple) {
                return Optional.empty();
            }
            rows.add(new FilterRow(
                    only(values.get("time_band")), only(values.get("charger_group")), text(properties.get("amount"))));
        }
        return Optional.of(rows);
    }

    private static Optional<FeeRow> fee(Map<String, ? extends @Nullable Object> charge) {
        var metric = String.valueOf(charge.get("billable_metric_code"));
        var properties = object(charge.get("properties"));
        boolean simple = PlanForm.METRICS.contains(metric)
                && "standard".equals(charge.get("charge_model"))
                && list(charge.get("filters")).isEmpty();
        return simple
                ? Optional.of(new FeeRow(
                        metric,
                        text(properties.get("amount")),
                        text(properties.get("grace_minutes")),
                        text(properties.get("cap_minutes"))))
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
