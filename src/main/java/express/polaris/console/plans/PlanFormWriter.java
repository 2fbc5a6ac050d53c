package express.polaris.console.plans;

import express.polaris.console.TypedText;
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
        if (!form.model().equals("none")) {
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
        var properties = properties(form.model(), before);
        switch (form.model()) {
            case "graduated", "volume" -> properties.put(form.model() + "_ranges", ranges());
            case "package" -> {
                properties.put("amount", given(form.prices().packageAmount()));
                properties.put("package_size", given(form.prices().packageSize()));
                properties.put("free_units", given(form.prices().freeUnits()));
            }
            case "dynamic" -> {
                properties.put("price_series", form.market().series().strip());
                putGiven(properties, "factor", form.market().factor());
                putGiven(properties, "markup", form.market().markup());
                putGiven(properties, "floor", form.market().floor());
                putGiven(properties, "ceiling", form.market().ceiling());
            }
            default -> properties.put("amount", given(form.prices().amount()));
        }
        var charge = charge(ENERGY, form.model(), properties, before);
        if (form.model().equals("standard") && !form.filters().isEmpty()) {
            charge.put(
                    "filters",
                    form.filters().stream().map(row -> filter(row, before)).toList());
        } else {
            charge.remove("filters");
        }
        return charge;
    }

    private static Map<String, @Nullable Object> fee(FeeRow fee, Map<String, ? extends @Nullable Object> before) {
        var properties = properties("standard", before);
        properties.put("amount", given(fee.price()));
        putGiven(properties, "grace_minutes", fee.grace());
        putGiven(properties, "cap_minutes", fee.cap());
        return charge(fee.metric(), "standard", properties, before);
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

    private static Map<String, @Nullable Object> filter(FilterRow row, Map<String, ? extends @Nullable Object> before) {
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
        properties.put("amount", given(row.price()));
        filter.put("values", values);
        filter.put("properties", properties);
        return filter;
    }

    private List<Map<String, @Nullable Object>> ranges() {
        var ranges = new ArrayList<Map<String, @Nullable Object>>();
        for (int place = 0; place < form.tiers().size(); place++) {
            var row = form.tiers().get(place);
            var range = new LinkedHashMap<String, @Nullable Object>();
            range.put(
                    "from_value",
                    place == 0 ? "0" : given(form.tiers().get(place - 1).upTo()));
            range.put("to_value", given(row.upTo()));
            range.put("per_unit_amount", given(row.unitPrice()));
            range.put("flat_amount", row.flat().isBlank() ? "0" : TypedText.number(row.flat()));
            ranges.add(range);
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
