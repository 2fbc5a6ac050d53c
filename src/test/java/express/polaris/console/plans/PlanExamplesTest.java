package express.polaris.console.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.plans.PlanService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The plan editor with prices by time, place, market and minute: examples in the preview, and saving unchanged. */
@ApplicationTest
class PlanExamplesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LINE = Pattern.compile(
            "<li[^>]*><span>([^<]*)</span>(?:<span class=\"example-how\">([^<]*)</span>)?<b>([^<]*)</b></li>");
    private static final Pattern FIELD = Pattern.compile(
            "<(input|select) [^>]*?name=\"([^\"]+)\"[^>]*>((?:<option[^>]*>[^<]*</option>)*)", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile(" value=\"([^\"]*)\"");
    private static final Pattern SELECTED = Pattern.compile("<option value=\"([^\"]*)\" selected");

    private final Portal portal;
    private final PlanService plans;
    private final MutableClock clock;
    private final String code = "x-" + UUID.randomUUID();
    private Browser operator;

    PlanExamplesTest(Portal portal, PlanService plans, MutableClock clock) {
        this.portal = portal;
        this.plans = plans;
        this.clock = clock;
        this.operator = portal.browser();
    }

    @BeforeEach
    void noonInBerlin() {
        clock.set(Instant.parse("2026-05-20T10:00:00Z"));
        operator = portal.signedIn(portal.operator());
        put("/time-bands/" + code, """
                {"name":"Night","rules":[{"from":"22:00","to":"06:00",
                  "days":["mon","tue","wed","thu","fri","sat","sun","holiday"]}]}""");
        put("/charger-groups/" + code, "{\"name\":\"Garage\",\"chargeBoxIds\":[]}");
        put("/price-series/" + code + "?currency=EUR&unit=kwh", """
                [{"from":"2026-05-20T10:00:00Z","to":"2026-05-20T11:00:00Z","price":"0.08"},
                 {"from":"2026-05-20T12:00:00Z","to":"2026-05-20T13:00:00Z","price":"-0.20"},
                 {"from":"2026-05-20T13:00:00Z","to":"2026-05-20T14:00:00Z","price":"0.90"}]""");
    }

    private void put(String path, String json) {
        var answer = operator.call("PUT", "/api/v1/operator" + path, json);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private String preview(String model, String... more) {
        var fields = new ArrayList<>(List.of("code", code, "name", "Home", "interval", "monthly", "currency", "EUR"));
        fields.addAll(List.of("fee", "9.90", "vatRate", "19", "inAdvance", "false", "model", model));
        fields.addAll(List.of(more));
        return operator.postAll("/operator/plans/preview", fields.toArray(String[]::new))
                .body();
    }

    /** Lines of the example with this title, as "label | computation | amount". */
    private static List<String> example(String preview, String title) {
        var start = preview.indexOf("<h3>" + title);
        assertThat(start).as(preview).isPositive();
        return LINE.matcher(preview.substring(start, preview.indexOf("</section>", start)))
                .results()
                .map(line ->
                        line.group(1) + " | " + (line.group(2) == null ? "" : line.group(2)) + " | " + line.group(3))
                .toList();
    }

    @Test
    void marketPricesOfTheHoursAheadAreShownWithTheirGaps() {
        var preview = preview(
                "dynamic", "priceSeries", code, "factor", "1.5", "markup", "0.05", "floor", "0", "ceiling", "0.60");

        assertThat(example(preview, "A kWh in the hours ahead"))
                .containsExactly(
                        "now to 13:00 | €0.08 × 1.5 + €0.05 | €0.17", // 0.08 × 1.5 + 0.05
                        "13:00–14:00 | no price yet | –",
                        "14:00–15:00 | -€0.20 × 1.5 + €0.05, at least €0.00 | €0.00", // −0.25
                        "15:00–16:00 | €0.90 × 1.5 + €0.05, at most €0.60 | €0.60", // 1.40
                        "from 16:00 | no price yet | –");
        assertThat(preview).contains("its invoice waits until the price is added");
    }

    /** Fails if the session is split anywhere but at the boundary, or its parts do not add up. */
    @Test
    void aSessionOverTheNextBoundaryIsPricedInItsParts() {
        var preview =
                preview("standard", "amount", "0.45", "filterBand", code, "filterGroup", "", "filterPrice", "0.29");

        assertThat(preview).contains("Wed, May 20, 2026, 19:00–23:00");
        assertThat(example(preview, "A session of 40 kWh over a boundary"))
                .containsExactly(
                        "Otherwise | 30 kWh × €0.45 | €13.50", // 3 of 4 hours
                        "Night | 10 kWh × €0.29 | €2.90",
                        "Sum |  | €16.40");
        var tiers = preview(
                "graduated",
                "upTo",
                "20",
                "unitPrice",
                "0.45",
                "flat",
                "0",
                "upTo",
                "",
                "unitPrice",
                "0.40",
                "flat",
                "0",
                "filterBand",
                code,
                "filterGroup",
                code,
                "filterPrice",
                "0.25");
        assertThat(tiers).contains("19:00–23:00, Garage");
        assertThat(example(tiers, "A session of 40 kWh over a boundary"))
                .containsExactly(
                        "Otherwise | 20 kWh × €0.45 | €9.00",
                        "Otherwise | 10 kWh × €0.40 | €4.00",
                        "Night, Garage | 10 kWh × €0.25 | €2.50",
                        "Sum |  | €15.50");
    }

    @Test
    void aSessionWithFeesIsLongEnoughForGraceAndCap() {
        var fees = new String[] {
            "feeMetric",
            "session",
            "feePrice",
            "0.50",
            "feeGrace",
            "",
            "feeCap",
            "",
            "feeMetric",
            "idle_minutes",
            "feePrice",
            "0.10",
            "feeGrace",
            "240",
            "feeCap",
            "120"
        };

        // 240 + 120 + 15 beyond the cap
        assertThat(example(preview("none", fees), "Fees of a session of 8 h 15 min"))
                .containsExactly(
                        "Session | 1 × €0.50 | €0.50",
                        "Idle minute | 375 min, 240 free, at most 120 min: 120 min × €0.10 | €12.00",
                        "Sum |  | €12.50");
        var atNight = new ArrayList<>(List.of(fees));
        atNight.addAll(List.of("fee1FilterBand", code, "fee1FilterGroup", "", "fee1FilterPrice", "0.02"));
        // The counted minutes begin 60 min before 22:00.
        assertThat(example(preview("none", atNight.toArray(String[]::new)), "Fees of a session of 8 h 15 min"))
                .containsExactly(
                        "Session | 1 × €0.50 | €0.50",
                        "Idle minute | 375 min, 240 free, at most 120 min | ",
                        "Idle minute | 60 min × €0.10 | €6.00",
                        "Idle minute, Night | 60 min × €0.02 | €1.20",
                        "Sum |  | €7.70");
        var plugged =
                preview("none", "feeMetric", "connected_minutes", "feePrice", "0.01", "feeGrace", "120", "feeCap", "");
        assertThat(example(plugged, "Fees of a session of 3 h"))
                .containsExactly(
                        "Connected minute | 180 min, 120 free: 60 min × €0.01 | €0.60", // 2 h charging, 1 h idle
                        "Sum |  | €0.60");
        assertThat(preview("none", "feeMetric", "session", "feePrice", "0.50"))
                .as("a session's price needs no example")
                .doesNotContain("Fees of a session of");
    }

    @Test
    void aPeriodThatLeavesIncludedEnergyIsFollowedByOneThatNeedsMore() {
        assertThat(example(preview("standard", "amount", "0.40", "includedKwh", "50"), "Two billing periods"))
                .containsExactly(
                        "First | 30 of 50 kWh included | €0.00",
                        "Left | 20 kWh, lost | ",
                        "Next | 80 kWh, 50 of them included | €12.00"); // 30 × 0.40
        var kept = preview("standard", "amount", "0.40", "includedKwh", "50", "includedRollOver", "true");
        assertThat(example(kept, "Two billing periods"))
                .containsExactly(
                        "First | 30 of 50 kWh included | €0.00",
                        "Left | 20 kWh, for the next period | ",
                        "Next | 80 kWh, 70 of them included | €4.00"); // 10 × 0.40
    }

    @Test
    void includedEnergyIsRefusedBesideOtherPricesWithAllOtherFaults() {
        var refused = operator.postAll(
                "/operator/plans",
                "code",
                code,
                "name",
                "",
                "interval",
                "monthly",
                "currency",
                "EUR",
                "fee",
                "0",
                "vatRate",
                "19",
                "model",
                "standard",
                "amount",
                "0.40",
                "includedKwh",
                "50",
                "filterBand",
                "",
                "filterGroup",
                "",
                "filterPrice",
                "");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("id=\"fault-includedKwh\"", "id=\"fault-name\"", "Choose a time, a place, or both.")
                .contains("id=\"fault-filters[0].price\"", "name=\"includedKwh\" value=\"50\"");
        assertThat(plans.find(code)).isEmpty();
    }

    /** Fails if the page leaves out, mixes up or adds anything that the plan says. */
    @Test
    void savingAPlanAsItIsShownChangesNothing() {
        var night = "{\"values\":{\"time_band\":[\"CODE\"]},\"properties\":{\"amount\":\"0.02\"}}";
        var garage =
                "{\"values\":{\"time_band\":[\"CODE\"],\"charger_group\":[\"CODE\"]},\"properties\":{\"amount\":\"0.01\"}}";
        var fees = """
            {"billable_metric_code":"session","charge_model":"standard","properties":{"amount":"0.5"},"filters":[%s]},
            {"billable_metric_code":"charging_minutes","charge_model":"standard","properties":{"amount":"0.03"}},
            {"billable_metric_code":"idle_minutes","charge_model":"standard","filters":[%s,%s],
             "properties":{"amount":"0.1","grace_minutes":"240","cap_minutes":"120"}}""".formatted(garage, night, garage);
        var energy = List.of(
                "\"standard\",\"properties\":{\"amount\":\"0.4\"},\"filters\":[" + night + "," + garage + "]",
                "\"standard\",\"properties\":{\"amount\":\"0.4\",\"included_kwh\":\"50\"}",
                """
                "graduated","properties":{"graduated_ranges":[
                  {"from_value":"0","to_value":"10","per_unit_amount":"0.4","flat_amount":"0"},
                  {"from_value":"10","to_value":null,"per_unit_amount":"0.3","flat_amount":"2"}]},
                "filters":[{"values":{"charger_group":["CODE"]},"properties":{"graduated_ranges":[
                  {"from_value":"0","to_value":null,"per_unit_amount":"0.2","flat_amount":"0"}]}}]""",
                """
                "volume","properties":{"included_kwh":"12.5","included_roll_over":true,"volume_ranges":[
                  {"from_value":"0","to_value":null,"per_unit_amount":"0.4","flat_amount":"0"}]}""",
                """
                "dynamic","properties":{"price_series":"CODE","factor":"1.1","markup":"-0.01","floor":"0","ceiling":"1"}""",
                "\"package\",\"properties\":{\"amount\":\"4\",\"package_size\":\"10\",\"free_units\":\"5\"}");
        for (var model : energy) {
            var charges = ("[{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":" + model + "}," + fees + "]")
                    .replace("CODE", code);
            var saved = operator.post("/operator/plans", Map.of("json", """
                    {"code":"%s","name":"Home","interval":"monthly","amount_cents":990,"amount_currency":"EUR",
                     "pay_in_advance":true,"vat_rate":"7","charges":%s}""".formatted(code, charges)));
            assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
            var before = plans.find(code).orElseThrow();
            assertThat(before.unsupported()).isEmpty();

            var again = operator.postAll(
                    "/operator/plans",
                    fields(operator.get("/operator/plans/" + code).body()));

            assertThat(again.statusCode()).as(again.body()).isEqualTo(303);
            var after = plans.find(code).orElseThrow();
            assertThat(after.version()).isEqualTo(before.version() + 1);
            assertThat(after.charges()).isEqualTo(before.charges());
            assertThat(after.fee()).isEqualTo(before.fee());
            assertThat(JSON.readTree(plans.charges(List.of(after.id())).get(after.id())))
                    .isEqualTo(JSON.readTree(charges));
        }
    }

    /** What a browser would post when the form is saved as it was shown. */
    private static String[] fields(String page) {
        var fields = new ArrayList<String>();
        var form = page.substring(page.indexOf("id=\"plan-form\""), page.indexOf("form-foot"));
        FIELD.matcher(form).results().forEach(field -> {
            boolean isSelect = field.group(1).equals("select");
            boolean isLeftOut = field.group().matches("(?s).*type=\"(radio|checkbox)\".*")
                    && !field.group().contains(" checked");
            if (!isLeftOut && !field.group(2).equals("_csrf")) {
                var value = (isSelect ? SELECTED.matcher(field.group(3)) : VALUE.matcher(field.group()));
                fields.add(field.group(2));
                fields.add(value.find() ? value.group(1) : "");
            }
        });
        return fields.toArray(String[]::new);
    }
}
