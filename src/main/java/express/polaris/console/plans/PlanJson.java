package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.PlanService;
import express.polaris.console.ConsoleReason;
import express.polaris.platform.refusals.InvalidInput;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lago's plan JSON as editable text. */
@Component
class PlanJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final PlanService plans;

    PlanJson(PlanService plans) {
        this.plans = plans;
    }

    /** Refusal of a text that is not a JSON object. */
    static InvalidInput unreadable() {
        return InvalidInput.of("", ConsoleReason.PLAN_JSON.with());
    }

    /** The plan as it was saved. */
    String of(Plan plan) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("code", plan.code());
        json.put("name", plan.name());
        json.put("interval", plan.interval().name().toLowerCase(Locale.ROOT));
        json.put("amount_cents", plan.feeInCents());
        json.put("amount_currency", plan.currency().getCurrencyCode());
        json.put("pay_in_advance", plan.payInAdvance());
        json.put("vat_rate", plan.vatRate().toPlainString());
        json.put("charges", JSON.readTree(charges(plan)));
        json.putAll(otherFields(plan));
        return JSON.writeValueAsString(json);
    }

    /** Charges of the plan, as saved. */
    List<Map<String, @Nullable Object>> savedCharges(Plan plan) {
        var saved = new ArrayList<Map<String, @Nullable Object>>();
        for (var charge : JSON.readValue(charges(plan), new TypeReference<List<LinkedHashMap<String, Object>>>() {})) {
            saved.add(new LinkedHashMap<String, @Nullable Object>(charge));
        }
        return saved;
    }

    /** Lago's fields of the plan that the form does not show, as they were saved. */
    Map<String, @Nullable Object> otherFields(Plan plan) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        var saved = plans.otherFields(List.of(plan.id())).getOrDefault(plan.id(), "{}");
        fields.putAll(JSON.readValue(saved, new TypeReference<LinkedHashMap<String, Object>>() {}));
        return fields;
    }

    private String charges(Plan plan) {
        return Optional.ofNullable(plans.charges(List.of(plan.id())).get(plan.id()))
                .orElse("[]");
    }

    /** Sample plan for a new one. */
    String example(Currency currency) {
        return """
            {
              "code" : "home",
              "name" : "Home",
              "interval" : "monthly",
              "amount_cents" : 500,
              "amount_currency" : "%s",
              "pay_in_advance" : false,
              "vat_rate" : "19",
              "charges" : [ {
                "billable_metric_code" : "energy_kwh",
                "charge_model" : "graduated",
                "properties" : {
                  "graduated_ranges" : [
                    { "from_value" : 0, "to_value" : 100, "per_unit_amount" : "0.30", "flat_amount" : "0" },
                    { "from_value" : 100, "to_value" : null, "per_unit_amount" : "0.25", "flat_amount" : "0" }
                  ]
                }
              } ]
            }
            """.formatted(currency.getCurrencyCode());
    }

    /** Empty if the text is not a JSON object. */
    Optional<Map<String, @Nullable Object>> parse(String text) {
        try {
            var json = new LinkedHashMap<String, @Nullable Object>();
            Optional.ofNullable(JSON.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {}))
                    .ifPresent(json::putAll);
            return Optional.of(json);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
