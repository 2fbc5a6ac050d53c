package express.polaris.console.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.plans.BillingReason;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
        var form = PlanFormReader.read(EMPTY, charges(FULL)).orElseThrow();

        assertThat(form.prices().amount()).isEqualTo("0.45");
        assertThat(form.filters())
                .containsExactly(
                        new PlanForm.FilterRow("night", "", "0.29"),
                        new PlanForm.FilterRow("day", "garage", "0.4"),
                        new PlanForm.FilterRow("", "garage", "0.35"));
        assertThat(form.fees())
                .containsExactly(
                        new PlanForm.FeeRow("session", "1.5", "", ""),
                        new PlanForm.FeeRow("idle_minutes", "0.1", "240", "120"));
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(FULL));
    }

    @Test
    void aMarketPriceComesBackAsItWas() {
        var json = """
            [{"billable_metric_code":"energy_kwh","charge_model":"dynamic",
              "properties":{"price_series":"spot","factor":"1.1","markup":"0.05","floor":"0","ceiling":"0.6"}}]
            """;
        var form = PlanFormReader.read(EMPTY, charges(json)).orElseThrow();

        assertThat(form.model()).isEqualTo("dynamic");
        assertThat(form.market()).isEqualTo(new PlanForm.Market("spot", "1.1", "0.05", "0", "0.6"));
        assertThat(written(form, "[]")).isEqualTo(JSON.readTree(json));
        var typed = form.with(new PlanForm.Market("spot", "1", "0,05", "", ""));
        assertThat(written(typed, json).path(0).path("properties").toString())
                .isEqualTo("{\"price_series\":\"spot\",\"factor\":\"1\",\"markup\":\"0.05\"}");
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
        var form = PlanFormReader.read(EMPTY, charges(saved)).orElseThrow();

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

    @Test
    void whatTheFormCannotExpressIsLeftToTheJson() {
        var energy =
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"standard\",\"properties\":{\"amount\":\"1\"}";
        var inexpressible = Stream.of(
                energy + ",\"filters\":[{\"values\":{\"time_band\":[\"a\",\"b\"]},\"properties\":{\"amount\":\"1\"}}]}",
                energy + ",\"filters\":[{\"values\":{\"card\":[\"a\"]},\"properties\":{\"amount\":\"1\"}}]}",
                energy + "}," + energy + "}",
                "{\"billable_metric_code\":\"session\",\"charge_model\":\"graduated\",\"properties\":{}}",
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"percentage\",\"properties\":{}}",
                "{\"billable_metric_code\":\"parking\",\"charge_model\":\"standard\",\"properties\":{\"amount\":\"1\"}}");

        assertThat(inexpressible.map(json -> PlanFormReader.read(EMPTY, charges("[" + json + "]"))))
                .allMatch(read -> read.isEmpty());
        assertThat(PlanFormReader.read(EMPTY, charges("[" + energy + "}]"))).isPresent();
    }

    @Test
    void rowsAreAddedAndRemoved() {
        var form = PlanFormReader.read(EMPTY, charges(FULL)).orElseThrow();

        assertThat(form.withRow("filter").filters()).hasSize(4);
        assertThat(form.withRow("fee").fees().getLast()).isEqualTo(PlanForm.FeeRow.EMPTY);
        assertThat(form.withoutRow("filter-1").filters())
                .extracting(PlanForm.FilterRow::price)
                .containsExactly("0.29", "0.35");
        assertThat(form.withoutRow("fee-0").fees())
                .extracting(PlanForm.FeeRow::metric)
                .containsExactly("idle_minutes");
    }

    @Test
    void faultsNameTheFieldsOfTheForm() {
        var form = PlanFormReader.read(EMPTY, charges(FULL)).orElseThrow();
        var paths = List.of(
                "charges[0].properties.amount",
                "charges[0].filters[1].values.time_band",
                "charges[0].filters[2].properties.amount",
                "charges[1].properties.amount",
                "charges[2].properties.grace_minutes",
                "charges[2].properties.cap_minutes");
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
                        "fees[1].cap");
    }
}
