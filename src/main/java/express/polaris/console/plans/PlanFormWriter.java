package express.polaris.console.plans;

import express.polaris.console.TypedText;
import express.polaris.console.plans.EnergyForm.Included;
import express.polaris.console.plans.EnergyForm.TierRow;
import express.polaris.console.plans.PlanForm.FeeRow;
import express.polaris.console.plans.PlanForm.FilterRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the charges of a plan form as Lago's JSON: that of energy first, then the fees. */
final class PlanFormWriter {

    static final String ENERGY = "energy_kwh";

    private final PlanForm form;
    private final List<? extends Map<String, ? extends @Nullable Object>> saved;

    /**
     * @param saved the saved charges; their fields that the form does not show are kept
     */
    PlanFormWriter(PlanForm form, List<? extends Map<String, ? extends @Nullable Object>> saved) {
        this.form = form;
        this.saved = saved;
    }

    List<Map<String, @Nullable Object>> charges() {
        var charges = new ArrayList<Map<String, @Nullable Object>>();
        if (!form.energy().model().equals("none")) {
            charges.add(energy(saved(ENERGY, 0)));
        }
        for (int place = 0; place < form.fees().size(); place++) {
            var fee = form.fees().get(place);
            charges.add(fee(fee, saved(fee.metric(), alike(place))));
        }
        return charges;
    }

    /** How many fees before this one have the same metric. */
    private int alike(int place) {
        var metric = form.fees().get(place).metric();
        return (int) form.fees().subList(0, place).stream()
                .filter(fee -> fee.metric().equals(metric))
                .count();
    }

    private Map<String, ? extends @Nullable Object> saved(String metric, int place) {
        return saved.stream()
                .filter(charge -> metric.equals(charge.get("billable_metric_code")))
                .skip(place)
                .findFirst()
                .<Map<String, ? extends @Nullable Object>>map(charge -> charge)
                .orElseGet(Map::of);
    }

    private Map<String, @Nullable Object> energy(Map<String, ? extends @Nullable Object> before) {
        var energy = form.energy();
        var properties = properties(energy.model(), before);
        switch (energy.model()) {
            case "graduated", "volume" -> properties.put(energy.model() + "_ranges", ranges(energy.tiers()));
            case "package" -> {
                properties.put("amount", given(energy.prices().packageAmount()));
                properties.put("package_size", given(energy.prices().packageSize()));
                properties.put("free_units", given(energy.prices().freeUnits()));
            }
            case "dynamic" -> {
                properties.put("price_series", energy.market().series().strip());
                putGiven(properties, "factor", energy.market().factor());
                putGiven(properties, "markup", energy.market().markup());
                putGiven(properties, "floor", energy.market().floor());
                putGiven(properties, "ceiling", energy.market().ceiling());
            }
            default -> properties.put("amount", given(energy.prices().amount()));
        }
        if (energy.isByUsage()) {
            putIncluded(properties, energy.included());
        }
        var charge = charge(ENERGY, energy.model(), properties, before);
        putFilters(charge, energy.model(), energy.usedFilters(), before);
        return charge;
    }

    private static void putIncluded(Map<String, @Nullable Object> properties, Included included) {
        putGiven(properties, "included_kwh", included.kilowattHours());
        if (included.rollsOver()) {
            properties.put("included_roll_over", true);
        } else {
            properties.remove("included_roll_over");
        }
    }

    private static Map<String, @Nullable Object> fee(FeeRow fee, Map<String, ? extends @Nullable Object> before) {
        var properties = properties("standard", before);
        properties.put("amount", given(fee.price()));
        if (fee.isForMinutes()) {
            putGiven(properties, "grace_minutes", fee.grace());
            putGiven(properties, "cap_minutes", fee.cap());
        }
        var charge = charge(fee.metric(), "standard", properties, before);
        putFilters(charge, "standard", fee.filters(), before);
        return charge;
    }

    private static Map<String, @Nullable Object> charge(
            String metric,
            String model,
            Map<String, @Nullable Object> properties,
            Map<String, ? extends @Nullable Object> before) {
        var charge = new LinkedHashMap<String, @Nullable Object>(before);
        charge.put("billable_metric_code", metric);
        charge.put("charge_model", model);
        charge.put("properties", properties);
        return charge;
    }

    /** Properties of the saved charge if its model is the same. */
    private static Map<String, @Nullable Object> properties(
            String model, Map<String, ? extends @Nullable Object> before) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        if (model.equals(before.get("charge_model")) && before.get("properties") instanceof Map<?, ?> known) {
            known.forEach((key, value) -> properties.put(String.valueOf(key), value));
        }
        return properties;
    }

    private static void putFilters(
            Map<String, @Nullable Object> charge,
            String model,
            List<FilterRow> rows,
            Map<String, ? extends @Nullable Object> before) {
        if (rows.isEmpty()) {
            charge.remove("filters");
        } else {
            charge.put(
                    "filters",
                    rows.stream().map(row -> filter(row, model, before)).toList());
        }
    }

    private static Map<String, @Nullable Object> filter(
            FilterRow row, String model, Map<String, ? extends @Nullable Object> before) {
        var values = new LinkedHashMap<String, List<String>>();
        if (!row.band().isBlank()) {
            values.put("time_band", List.of(row.band().strip()));
        }
        if (!row.group().isBlank()) {
            values.put("charger_group", List.of(row.group().strip()));
        }
        var filter = new LinkedHashMap<String, @Nullable Object>();
        if (before.get("filters") instanceof List<?> filters) {
            filters.stream()
                    .filter(known -> known instanceof Map<?, ?> map && values.equals(map.get("values")))
                    .findFirst()
                    .ifPresent(known ->
                            ((Map<?, ?>) known).forEach((key, value) -> filter.put(String.valueOf(key), value)));
        }
        var properties = new LinkedHashMap<String, @Nullable Object>();
        if (model.equals("standard")) {
            properties.put("amount", given(row.price()));
        } else {
            properties.put(model + "_ranges", ranges(List.of(new TierRow("", row.price(), "0"))));
        }
        filter.put("values", values);
        filter.put("properties", properties);
        return filter;
    }

    private static List<Map<String, @Nullable Object>> ranges(List<TierRow> tiers) {
        var ranges = new ArrayList<Map<String, @Nullable Object>>();
        @Nullable String from = "0";
        for (var tier : tiers) {
            var range = new LinkedHashMap<String, @Nullable Object>();
            range.put("from_value", from);
            range.put("to_value", given(tier.upTo()));
            range.put("per_unit_amount", given(tier.unitPrice()));
            range.put("flat_amount", tier.flat().isBlank() ? "0" : TypedText.number(tier.flat()));
            ranges.add(range);
            from = given(tier.upTo());
        }
        return ranges;
    }

    private static void putGiven(Map<String, @Nullable Object> properties, String key, String text) {
        if (text.isBlank()) {
            properties.remove(key);
        } else {
            properties.put(key, TypedText.number(text));
        }
    }

    /** Returns null for blank input. */
    private static @Nullable String given(String text) {
        return text.isBlank() ? null : TypedText.number(text);
    }
}
