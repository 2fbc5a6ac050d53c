package express.polaris.console.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.plans.BillingReason;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanFormTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final PlanForm EMPTY = PlanForm.empty(Currency.getInstance("EUR"));

    /** Night and garage, a session fee and an idle fee. */
    private static final String FULL = """
        [{"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.45"},
          "filters":[{"values":{"time_band":["night"]},"properties":{"amount":"0.29"}},
                     {"values":{"time_band":["day"],"charger_group":["garage"]},"properties":{"amount":"0.4"}},
                     {"values":{"charger_group":["garage"]},"properties":{"amount":"0.35"}}]},
         {"billable_metric_code":"session","charge_model":"standard","properties":{"amount":"1.5"}},
         {"billable_metric_code":"idle_minutes","charge_model":"standard",
          "properties":{"amount":"0.1","grace_minutes":"240","cap_minutes":"120"}}]
        """;

    private static List<Map<String, Object>> charges(String json) {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    private static JsonNode written(PlanForm form, String saved) {
        return JSON.valueToTree(form.json(charges(saved), Map.of()).get("charges"));
    }

    @Test
    void pricesByTimeAndPlaceAndFeesComeBackAsTheyWere() {
        var form = PlanFormReader.read(EMPTY.basics(), charges(FULL)).orElseThrow();

        assertThat(form.energy().prices().amount()).isEqualTo("0.45");
        assertThat(form.energy().filters())
                .containsExactly(
                        new PlanForm.FilterRow("night", "", "0.29"),
                        new PlanForm.FilterRow("day", "garage", "0.4"),
                        new PlanForm.FilterRow("", "garage", "0.35"));
        assertThat(form.fees())
                .containsExactly(
                        new PlanForm.FeeRow("session", "1.5", "", "", List.of()),
                        new PlanForm.FeeRow("idle_minutes", "0.1", "240", "120", List.of()));
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(FULL));
    }

    @Test
    void aMarketPriceComesBackAsItWas() {
        var json = """
            [{"billable_metric_code":"energy_kwh","charge_model":"dynamic",
              "properties":{"price_series":"spot","factor":"1.1","markup":"0.05","floor":"0","ceiling":"0.6"}}]
            """;
        var form = PlanFormReader.read(EMPTY.basics(), charges(json)).orElseThrow();

        assertThat(form.energy().model()).isEqualTo("dynamic");
        assertThat(form.energy().market()).isEqualTo(new EnergyForm.Market("spot", "1.1", "0.05", "0", "0.6"));
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(json));
        var typed = new PlanForm(
                form.basics(), form.energy().with(new EnergyForm.Market("spot", "1", "0,05", "", "")), List.of());
        assertThat(written(typed, json).path(0).path("properties").toString())
                .isEqualTo("{\"price_series\":\"spot\",\"factor\":\"1\",\"markup\":\"0.05\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "graduated", "volume"})
    void includedEnergyComesBackAsItWas(String model) {
        var lost = byUsage(model).formatted(",\"included_kwh\":\"50\"", "");
        var kept = byUsage(model).formatted(",\"included_kwh\":\"50\",\"included_roll_over\":true", "");
        var plain = byUsage(model).formatted("", "");

        var form = PlanFormReader.read(EMPTY.basics(), charges(kept)).orElseThrow();

        assertThat(form.energy().included()).isEqualTo(new EnergyForm.Included("50", true));
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(kept));
        assertThat(written(form, plain)).isEqualTo(JSON.readTree(kept));
        assertThat(written(including(form, "50", false), kept)).isEqualTo(JSON.readTree(lost));
        assertThat(written(including(form, " ", true), kept))
                .as("refused by name: nothing is included that could roll over")
                .isEqualTo(JSON.readTree(byUsage(model).formatted(",\"included_roll_over\":true", "")));
        assertThat(PlanFormReader.read(EMPTY.basics(), charges(plain))
                        .map(read -> read.energy().included()))
                .contains(EnergyForm.Included.NOTHING);
    }

    private static PlanForm including(PlanForm form, String kilowattHours, boolean rollsOver) {
        var energy = form.energy().with(new EnergyForm.Included(kilowattHours, rollsOver));
        return new PlanForm(form.basics(), energy, form.fees());
    }

    @ParameterizedTest
    @ValueSource(strings = {"graduated", "volume"})
    void pricesByTimeAndPlaceBesideTiersComeBackAsTheyWere(String model) {
        var range = "[{\"from_value\":\"0\",\"to_value\":null,\"per_unit_amount\":\"0.25\",\"flat_amount\":\"0\"}]";
        var filter = "{\"values\":{\"time_band\":[\"night\"],\"charger_group\":[\"garage\"]},\"properties\":{\"" + model
                + "_ranges\":" + range + "}}";
        var json = byUsage(model).formatted("", ",\"filters\":[" + filter + "]");

        var form = PlanFormReader.read(EMPTY.basics(), charges(json)).orElseThrow();

        assertThat(form.energy().filters()).containsExactly(new PlanForm.FilterRow("night", "garage", "0.25"));
        assertThat(form.energy().tiers()).hasSize(2);
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(json));
    }

    @Test
    void pricesOfEveryFeeByTimeAndPlaceComeBackAsTheyWere() {
        var filters = """
            "filters":[{"values":{"time_band":["night"]},"properties":{"amount":"0.02"}},
                       {"values":{"charger_group":["garage"]},"properties":{"amount":"0"}}]""";
        var json = PlanForm.METRICS.stream()
                .map(metric -> "{\"billable_metric_code\":\"" + metric
                        + "\",\"charge_model\":\"standard\",\"properties\":{\"amount\":\"0.1\"}," + filters + "}")
                .collect(Collectors.joining(",", "[", "]"));

        var form = PlanFormReader.read(EMPTY.basics(), charges(json)).orElseThrow();

        assertThat(form.fees())
                .extracting(PlanForm.FeeRow::filters)
                .containsOnly(List.of(
                        new PlanForm.FilterRow("night", "", "0.02"), new PlanForm.FilterRow("", "garage", "0")));
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(json));
    }

    /** A charge by usage with two tiers where the model has them; takes more properties, then more fields. */
    private static final Map<String, String> BY_USAGE = Map.of(
            "standard", """
                [{"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.4"%s}%s}]""",
            "graduated", tiered("graduated"),
            "volume", tiered("volume"));

    private static String byUsage(String model) {
        return Objects.requireNonNull(BY_USAGE.get(model));
    }

    private static String tiered(String model) {
        return """
            [{"billable_metric_code":"energy_kwh","charge_model":"MODEL","properties":{"MODEL_ranges":[
               {"from_value":"0","to_value":"100","per_unit_amount":"0.45","flat_amount":"0"},
               {"from_value":"100","to_value":null,"per_unit_amount":"0.4","flat_amount":"5"}]%s}%s}]""".replace("MODEL", model);
    }

    /** Fails if what a hidden field holds is saved, and the plan then has no price. */
    @Test
    void aSessionHasNoGraceAndNoCap() {
        var fee = new PlanForm.FeeRow("session", "0,5", "10", "20", List.of());

        assertThat(written(new PlanForm(EMPTY.basics(), EnergyForm.EMPTY, List.of(fee)), "[]"))
                .isEqualTo(JSON.readTree("""
                        [{"billable_metric_code":"session","charge_model":"standard","properties":{"amount":"0.5"}}]"""));
    }

    @Test
    void includedEnergyIsRefusedBesideOtherPricesOnlyWhereBothAreSaved() {
        var filter = List.of(new PlanForm.FilterRow("night", "", "0.2"));
        var both = EnergyForm.EMPTY.with(new EnergyForm.Included("50", false)).withFilters(filter);

        assertThat(new PlanForm(EMPTY.basics(), both.with("standard", both.prices()), List.of()).conflicts())
                .extracting(Fault::field)
                .containsExactly("includedKwh");
        assertThat(new PlanForm(EMPTY.basics(), both.with("package", both.prices()), List.of()).conflicts())
                .isEmpty();
        assertThat(new PlanForm(
                                EMPTY.basics(),
                                both.with("standard", both.prices()).withFilters(List.of()),
                                List.of())
                        .conflicts())
                .isEmpty();
    }

    @Test
    void fieldsThatTheFormDoesNotShowAreKept() {
        var saved = """
            [{"billable_metric_code":"idle_minutes","charge_model":"standard","code":"idle",
              "properties":{"amount":"0.1","grace_minutes":"10"}},
             {"billable_metric_code":"energy_kwh","charge_model":"standard","invoice_display_name":"Strom",
              "properties":{"amount":"0.45"},
              "filters":[{"invoice_display_name":"Nacht","values":{"time_band":["night"]},"properties":{"amount":"0.29"}}]}]
            """;
        var form = PlanFormReader.read(EMPTY.basics(), charges(saved)).orElseThrow();

        var again = written(form, saved);

        assertThat(again.path(0).path("invoice_display_name").asString()).isEqualTo("Strom");
        assertThat(again.path(0)
                        .path("filters")
                        .path(0)
                        .path("invoice_display_name")
                        .asString())
                .isEqualTo("Nacht");
        assertThat(again.path(1).path("code").asString()).isEqualTo("idle");
    }

    private static final String TIERS_AT_NIGHT = """
        ,"filters":[{"values":{"time_band":["night"]},"properties":{"volume_ranges":[
           {"from_value":"0","to_value":"10","per_unit_amount":"0.3","flat_amount":"0"},
           {"from_value":"10","to_value":null,"per_unit_amount":"0.2","flat_amount":"0"}]}}]""";

    @Test
    void whatTheFormCannotExpressIsLeftToTheJson() {
        var energy =
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"standard\",\"properties\":{\"amount\":\"1\"}";
        var inexpressible = Stream.of(
                energy + ",\"filters\":[{\"values\":{\"time_band\":[\"a\",\"b\"]},\"properties\":{\"amount\":\"1\"}}]}",
                energy + ",\"filters\":[{\"values\":{\"card\":[\"a\"]},\"properties\":{\"amount\":\"1\"}}]}",
                energy + "}," + energy + "}",
                "{\"billable_metric_code\":\"session\",\"charge_model\":\"graduated\",\"properties\":{}}",
                byUsage("volume").formatted("", TIERS_AT_NIGHT).replaceAll("^\\[|]$", ""),
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"dynamic\",\"properties\":{}"
                        + TIERS_AT_NIGHT + "}",
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"package\",\"properties\":{\"included_kwh\":\"5\"}}",
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"percentage\",\"properties\":{}}",
                "{\"billable_metric_code\":\"parking\",\"charge_model\":\"standard\",\"properties\":{\"amount\":\"1\"}}");

        assertThat(inexpressible.map(json -> PlanFormReader.read(EMPTY.basics(), charges("[" + json + "]"))))
                .allMatch(read -> read.isEmpty());
        assertThat(PlanFormReader.read(EMPTY.basics(), charges("[" + energy + "}]")))
                .isPresent();
    }

    @Test
    void rowsAreAddedAndRemoved() {
        var form = PlanFormReader.read(EMPTY.basics(), charges(FULL)).orElseThrow();

        assertThat(form.withRow("filter").energy().filters()).hasSize(4);
        assertThat(form.withRow("fee").fees().getLast()).isEqualTo(PlanForm.FeeRow.EMPTY);
        assertThat(form.withoutRow("filter-1").energy().filters())
                .extracting(PlanForm.FilterRow::price)
                .containsExactly("0.29", "0.35");
        assertThat(form.withoutRow("fee-0").fees())
                .extracting(PlanForm.FeeRow::metric)
                .containsExactly("idle_minutes");
        var more = form.withRow("fee-1").withRow("fee-1");
        assertThat(more.fees()).extracting(fee -> fee.filters().size()).containsExactly(0, 2);
        assertThat(more.withoutRow("fee-1-0").fees())
                .extracting(fee -> fee.filters().size())
                .containsExactly(0, 1);
        assertThat(more.withRow("fee-9").withoutRow("fee-1-x")).isEqualTo(more);
    }

    @Test
    void faultsNameTheFieldsOfTheForm() {
        var form = PlanFormReader.read(EMPTY.basics(), charges(FULL)).orElseThrow();
        var paths = List.of(
                "charges[0].properties.amount",
                "charges[0].filters[1].values.time_band",
                "charges[0].filters[2].properties.amount",
                "charges[1].properties.amount",
                "charges[2].properties.grace_minutes",
                "charges[2].properties.cap_minutes",
                "charges[2].filters[3].properties.amount",
                "charges[2].filters[4].values.charger_group",
                "charges[0].filters[0].properties.volume_ranges[0].per_unit_amount",
                "charges[0].properties.included_kwh");
        var refused = new InvalidInput(paths.stream()
                .map(path -> new Fault(path, BillingReason.PROPERTIES.with()))
                .toList());

        assertThat(((InvalidInput) PlanFormFaults.named(refused, form)).faults())
                .extracting(Fault::field)
                .containsExactly(
                        "amount",
                        "filters[1].values",
                        "filters[2].price",
                        "fees[0].price",
                        "fees[1].grace",
                        "fees[1].cap",
                        "fees[1].filters[3].price",
                        "fees[1].filters[4].values",
                        "filters[0].price",
                        "includedKwh");
    }
}
