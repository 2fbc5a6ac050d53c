package express.polaris.billing.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.platform.refusals.Fault;
import express.polaris.units.Energy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The effect of each field of Lago's plan JSON on price and support. */
class LagoFieldsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** A plan with only the fields that are read: 0.35 per kWh for the first 10 kWh and 0.28 above. */
    private static final String BARE = """
        {"code":"depot","name":"Depot","interval":"monthly","amount_cents":1500,"amount_currency":"EUR",
         "pay_in_advance":true,"vat_rate":"19","charges":[
          {"billable_metric_code":"energy_kwh","charge_model":"graduated","properties":{"graduated_ranges":[
            {"from_value":0,"to_value":10,"per_unit_amount":"0.35","flat_amount":"0"},
            {"from_value":11,"to_value":null,"per_unit_amount":"0.28","flat_amount":"1"}]}}]}
        """;

    /** Plan fields that do not affect the price, each with a non-default value. */
    private static final Map<String, Object> OF_A_PLAN = read("""
        {"lago_id":"7c9f2d3e-0a51-4a8e-9c52-b1d8a8a1f001","lago_parent_id":"7c9f2d3e-0a51-4a8e-9c52-b1d8a8a1f000",
         "parent_id":"7c9f2d3e-0a51-4a8e-9c52-b1d8a8a1f000","created_at":"2026-03-02T08:15:00Z",
         "updated_at":"2026-04-01T00:00:00Z","deleted_at":"2026-05-01T00:00:00Z","description":"Cars of the depot",
         "invoice_display_name":"Charging at the depot","metadata":{"cost_centre":"4711"},
         "taxes":[{"lago_id":"t1","code":"vat","name":"VAT","rate":19,"applied_to_organization":true}],
         "tax_codes":["vat"],"active_subscriptions_count":3,"customers_count":2,"draft_invoices_count":1,
         "subscriptions_count":4,"charges_count":1,"has_active_subscriptions":true,"has_charges":true,
         "has_customers":true,"has_draft_invoices":true,"has_subscriptions":true,
         "entitlements":[{"code":"app","name":"App","privileges":[]}],"bill_fixed_charges_monthly":true,
         "minimum_commitment":{"lago_id":"k1","plan_code":"depot","amount_cents":0,"interval":"monthly","taxes":[]}}
        """);

    /** Additional fields of a charge that do not affect the price. */
    private static final Map<String, Object> OF_A_CHARGE = read("""
        {"lago_id":"c1","lago_parent_id":"c0","parent_id":"c0","lago_billable_metric_id":"m1",
         "billable_metric_name":"Energy","code":"energy","created_at":"2026-03-02T08:15:00Z",
         "updated_at":"2026-04-01T00:00:00Z","deleted_at":"2026-05-01T00:00:00Z","description":"By the meter",
         "invoice_display_name":"Energy","metadata":{"a":1},"taxes":[{"code":"vat","rate":19}],"tax_codes":["vat"],
         "regroup_paid_fees":"invoice","accepts_target_wallet":true}
        """);

    /** Fields that affect the price when they are set, each with a value that has no effect. */
    private static final Map<String, Object> SILENT = read("""
        {"trial_period":0,"bill_charges_monthly":false,"usage_thresholds":[],"fixed_charges":[],
         "applied_pricing_unit":{},"filters":[],"min_amount_cents":"0","prorated":false,"anything_else":""}
        """);

    @Test
    void aPlanFromLagosApiIsFullyPriced() {
        var given = read("""
            {"plan":{
              "lago_id":"7c9f2d3e-0a51-4a8e-9c52-b1d8a8a1f001","name":"Depot","invoice_display_name":"Charging at the depot",
              "created_at":"2026-03-02T08:15:00Z","code":"depot","interval":"monthly","description":"Cars of the depot",
              "amount_cents":1500,"amount_currency":"EUR","trial_period":0.0,"pay_in_advance":true,
              "bill_charges_monthly":null,"bill_fixed_charges_monthly":null,"customers_count":2,
              "active_subscriptions_count":3,"draft_invoices_count":0,"parent_id":null,"minimum_commitment":null,
              "charges":[{
                "lago_id":"52f0c1de-3b1b-4a15-8f0e-7d3d4b0f1a02",
                "lago_billable_metric_id":"0d1f6a77-6b4b-4f6e-a7f5-2f4f7f8e1b03","code":"energy",
                "billable_metric_code":"energy_kwh","invoice_display_name":null,"created_at":"2026-03-02T08:15:00Z",
                "charge_model":"graduated","invoiceable":true,"regroup_paid_fees":null,"pay_in_advance":false,
                "prorated":false,"min_amount_cents":0,
                "properties":{"graduated_ranges":[
                  {"from_value":0,"to_value":10,"per_unit_amount":"0.35","flat_amount":"0"},
                  {"from_value":11,"to_value":null,"per_unit_amount":"0.28","flat_amount":"1"}]},
                "filters":[],"taxes":[],"applied_pricing_unit":null,"accepts_target_wallet":false,"lago_parent_id":null}],
              "fixed_charges":[],"taxes":[],"usage_thresholds":[],"entitlements":[],"metadata":{"cost_centre":"4711"}}}
            """);
        var plan = plan(given);
        assertThat(plan.unsupported()).isEmpty();
        assertThat(plan.fee().amount()).isEqualByComparingTo("15.00"); // 1500 cents
        assertThat(plan.owed(Energy.ofKilowattHours("25"))).isEqualByComparingTo("8.70"); // 10×0.35 + 15×0.28 + 1
        assertThat(draft(given).otherFields())
                .containsEntry("metadata", Map.of("cost_centre", "4711"))
                .containsEntry("customers_count", 2)
                .containsEntry("minimum_commitment", null)
                .doesNotContainKeys("code", "charges", "amount_cents", "id", "version", "unsupported");
    }

    @Property(tries = 200)
    void fieldsWithoutAPriceAffectNeitherPriceNorSupport(
            @ForAll("some") List<String> ofPlan,
            @ForAll("some") List<String> ofCharge,
            @ForAll("quantities") int kilowattHours) {
        var plan = read(BARE);
        var charge = charge(plan);
        ofPlan.forEach(field -> add(field, OF_A_PLAN, plan));
        ofCharge.forEach(field -> add(field, OF_A_CHARGE, charge));
        ofPlan.forEach(field -> add(field, SILENT, plan));
        ofCharge.forEach(field -> add(field, SILENT, charge));
        var bare = plan(read(BARE));
        var found = plan(plan);
        assertThat(found).isEqualTo(bare);
        assertThat(found.owed(Energy.ofKilowattHours(Integer.toString(kilowattHours))))
                .isEqualByComparingTo(bare.owed(Energy.ofKilowattHours(Integer.toString(kilowattHours))));
    }

    @Provide
    Arbitrary<List<String>> some() {
        var fields = new ArrayList<>(OF_A_PLAN.keySet());
        fields.addAll(OF_A_CHARGE.keySet());
        fields.addAll(SILENT.keySet());
        return Arbitraries.of(fields).list().uniqueElements().ofMaxSize(12);
    }

    @Provide
    Arbitrary<Integer> quantities() {
        return Arbitraries.integers().between(0, 500);
    }

    static Stream<Map.Entry<String, String>> whatChangesThePriceOfAPlan() {
        return Stream.of(
                Map.entry("minimum_commitment", "{\"amount_cents\":1}"),
                Map.entry("minimum_commitment", "{\"amount_cents\":\"many\"}"),
                Map.entry("trial_period", "3.0"),
                Map.entry("bill_charges_monthly", "true"),
                Map.entry("usage_thresholds", "[{\"amount_cents\":1000,\"recurring\":false}]"),
                Map.entry("fixed_charges", "[{\"code\":\"rent\",\"units\":1}]"),
                Map.entry("discount", "\"5 %\""));
    }

    @ParameterizedTest
    @MethodSource("whatChangesThePriceOfAPlan")
    void anUnsupportedPlanFieldThatChangesThePriceIsNamed(Map.Entry<String, String> field) {
        var plan = read(BARE);
        plan.put(field.getKey(), JSON.readValue(field.getValue(), Object.class));
        assertThat(plan(plan).unsupported()).containsExactly(field.getKey());
    }

    static Stream<Map.Entry<String, String>> whatChangesThePriceOfACharge() {
        return Stream.of(
                Map.entry("min_amount_cents", "1"),
                Map.entry("pay_in_advance", "true"),
                Map.entry("prorated", "true"),
                Map.entry("invoiceable", "false"),
                Map.entry("applied_pricing_unit", "{\"code\":\"credits\",\"conversion_rate\":\"0.5\"}"),
                Map.entry("discount", "5"));
    }

    @ParameterizedTest
    @MethodSource("whatChangesThePriceOfACharge")
    void anUnsupportedChargeFieldThatChangesThePriceIsNamed(Map.Entry<String, String> field) {
        var plan = read(BARE);
        charge(plan).put(field.getKey(), JSON.readValue(field.getValue(), Object.class));
        assertThat(plan(plan).unsupported()).containsExactly("charges[0]." + field.getKey());
    }

    @Test
    void aFilterByAnUnknownKeyIsNamed() {
        var plan = read(BARE);
        charge(plan)
                .put(
                        "filters",
                        JSON.readValue(
                                "[{\"values\":{\"place\":[\"depot\"]},\"properties\":{\"amount\":\"1\"}}]",
                                Object.class));
        assertThat(plan(plan).unsupported()).containsExactly("charges[0].filters[0].values.place");
    }

    @Test
    void unsupportedMetricsAndChargeModelsAreNamed() {
        var plan = read(BARE);
        charge(plan).put("billable_metric_code", "sessions");
        charge(plan).put("charge_model", "percentage");
        assertThat(plan(plan).unsupported())
                .containsExactly("charges[0].billable_metric_code sessions", "charges[0].percentage");
    }

    @Test
    void allErrorsInAWrappedPlanAreReportedAtOnce() {
        var plan = read(BARE);
        plan.put("interval", "daily");
        plan.put("description", "\0");
        charge(plan).put("properties", Map.of());
        var reader = new PlanReader(LagoFields.unwrapped(Map.of("plan", plan)));
        assertThat(reader.draft()).isEmpty();
        assertThat(reader.faults())
                .extracting(Fault::field)
                .containsExactly("interval", "charges[0].properties.graduated_ranges");
        assertThat(UnkeepableParts.of(plan)).extracting(Fault::field).containsExactly("description");
    }

    @Test
    void aReturnedPlanCanBeSavedAgain() {
        var plan = read(BARE);
        plan.putAll(Map.of("id", 7, "version", 3, "unsupported", List.of("trial_period")));
        assertThat(plan(plan)).isEqualTo(plan(read(BARE)));
        assertThat(draft(plan).otherFields()).isEmpty();
    }

    private static void add(String field, Map<String, Object> known, Map<String, Object> object) {
        var value = known.get(field);
        if (value != null) {
            object.put(field, value);
        }
    }

    private static Plan plan(Map<String, Object> json) {
        return PlanRepository.unsaved(draft(json));
    }

    private static PlanReader.Draft draft(Map<String, ? extends @Nullable Object> json) {
        var reader = new PlanReader(LagoFields.unwrapped(json));
        var draft = reader.draft();
        assertThat(reader.faults()).isEmpty();
        return draft.orElseThrow();
    }

    /** The first charge of this plan, for modification. */
    private static Map<String, Object> charge(Map<String, Object> plan) {
        var charge = new HashMap<String, Object>();
        if (plan.get("charges") instanceof List<?> charges && charges.getFirst() instanceof Map<?, ?> first) {
            first.forEach((key, value) -> charge.put(String.valueOf(key), value));
        }
        plan.put("charges", List.of(charge));
        return charge;
    }

    private static Map<String, Object> read(String json) {
        return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
