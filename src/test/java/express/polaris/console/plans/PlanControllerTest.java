package express.polaris.console.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.pricing.GraduatedModel;
import express.polaris.billing.pricing.PackageModel;
import express.polaris.billing.pricing.StandardModel;
import express.polaris.billing.pricing.VolumeModel;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

@ApplicationTest
class PlanControllerTest {

    private final Portal portal;
    private final PlanService plans;
    private final BillingData data;
    private Browser operator;
    private String code = "";

    PlanControllerTest(Portal portal, PlanService plans, ApplicationContext application) {
        this.portal = portal;
        this.plans = plans;
        this.data = new BillingData(application);
        this.operator = portal.browser();
    }

    @BeforeEach
    void anotherPlan() {
        operator = portal.signedIn(portal.operator());
        code = "plan-" + UUID.randomUUID();
    }

    private String[] form(String model, String... more) {
        var fields = new ArrayList<>(List.of(
                "code", code,
                "name", "Home",
                "interval", "monthly",
                "currency", "EUR",
                "fee", "9.90",
                "vatRate", "19",
                "inAdvance", "false",
                "model", model));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private HttpResponse<String> save(String model, String... more) {
        return operator.postAll("/operator/plans", form(model, more));
    }

    private Plan saved() {
        return plans.find(code).orElseThrow();
    }

    /** 0.30 per kWh up to 100 kWh, then 0.20 per kWh plus 5 once. */
    private static final String[] TIERS = {
        "upTo", "100", "unitPrice", "0.30", "flat", "0", "upTo", "", "unitPrice", "0,2", "flat", "5"
    };

    /** Fields that the form does not show: saving the form changes only the price. */
    @Test
    void fieldsMissingFromTheFormSurviveSavingIt() {
        var charge = """
            {"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.30","note":[]},
             "invoice_display_name":"Strom vom Dach","code":"roof","invoiceable":true}""";
        operator.post("/operator/plans", Map.of("json", """
            {"code":"%s","name":"Home","interval":"monthly","amount_cents":990,"amount_currency":"EUR","vat_rate":"19",
             "description":"Roof","metadata":{"cost_centre":"4711"},"charges":[%s]}""".formatted(code, charge)));
        save("standard", "known", code, "amount", "0.35");
        assertThat(saved().version()).isEqualTo(2);
        assertThat(plans.otherFields(List.of(saved().id())).get(saved().id())).contains("\"Roof\"", "\"4711\"");
        assertThat(plans.charges(List.of(saved().id())).get(saved().id()))
                .contains("\"0.35\"", "Strom vom Dach", "\"roof\"", "\"invoiceable\": true", "\"note\"")
                .doesNotContain("0.30");
        save("graduated", TIERS);
        assertThat(plans.charges(List.of(saved().id())).get(saved().id()))
                .as("without the page of the plan it is another plan that is saved under its code")
                .doesNotContain("Strom vom Dach");
    }

    @Test
    void aGraduatedPlanIsSavedAndSavingItAgainCreatesAVersion() {
        var answer = save("graduated", TIERS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        var page = operator.get(answer.headers().firstValue("Location").orElseThrow())
                .body();
        assertThat(page).contains("Plan saved as a new version").contains("Save as version 2");
        assertThat(saved().fee().amount()).isEqualByComparingTo("9.90");
        assertThat(saved().models()).singleElement().isInstanceOf(GraduatedModel.class);
        // 100 × 0.30 + 50 × 0.20 + 5
        assertThat(saved().owed(express.polaris.units.Energy.ofKilowattHours("150")))
                .isEqualByComparingTo("45");

        var old = saved();
        save("standard", "amount", "0.42");
        assertThat(saved().version()).isEqualTo(2);
        assertThat(saved().models()).singleElement().isInstanceOf(StandardModel.class);
        assertThat(plans.versions(List.of(code)))
                .extracting(version -> version.plan())
                .containsExactly(saved(), old);
    }

    @Test
    void everyChargeModelIsShownInTheFormAsEntered() {
        save("volume", TIERS);
        assertThat(saved().models()).singleElement().isInstanceOf(VolumeModel.class);
        assertThat(operator.get("/operator/plans/" + code).body())
                .contains("name=\"model\" value=\"volume\" checked")
                .contains("name=\"upTo\" value=\"100\"")
                .contains("name=\"unitPrice\" value=\"0.2\"");
        save("package", "packageAmount", "4", "packageSize", "10", "freeUnits", "5");
        assertThat(saved().models()).singleElement().isInstanceOf(PackageModel.class);
        assertThat(operator.get("/operator/plans/" + code).body())
                .contains("name=\"packageSize\" value=\"10\"")
                .contains("name=\"freeUnits\" value=\"5\"");
        save("none");
        assertThat(saved().models()).isEmpty();
        assertThat(operator.get("/operator/plans/" + code).body()).contains("name=\"model\" value=\"none\" checked");
    }

    @Test
    void thePreviewUsesThePricingOfSessions() {
        var fields = new ArrayList<>(List.of(form("graduated", TIERS)));
        fields.addAll(List.of("kwh", "150"));
        var preview = operator.postAll("/operator/plans/preview", fields.toArray(String[]::new));
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body())
                .doesNotContain("<html")
                .contains("150 kWh cost €45.00") // 100 × 0.30 + 50 × 0.20 + 5
                .contains("40</th><td class=\"end\">€12.00") // 40 × 0.30
                .contains("€65.33 with the fee and VAT"); // (45 + 9.90) × 1.19 = 65.331
        assertThat(plans.find(code)).isEmpty();

        fields.addAll(List.of("preview", "true"));
        var page = operator.postAll("/operator/plans", fields.toArray(String[]::new));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html").contains("150 kWh cost €45.00");
        assertThat(plans.find(code)).isEmpty();
        assertThat(operator.postAll("/operator/plans/preview", form("standard", "amount", "x"))
                        .body())
                .contains("Prices show here as soon as the plan is complete");
    }

    @Test
    void thePreviewOfPricesByTimeSaysEachOfThemAndTheFees() {
        var night = "night-" + UUID.randomUUID();
        operator.postAll(
                "/operator/prices/bands",
                "code",
                night,
                "name",
                "Night",
                "days0",
                "mon",
                "from",
                "22:00",
                "to",
                "06:00");
        var fields = form(
                "standard",
                "amount",
                "0.45",
                "filterBand",
                night,
                "filterGroup",
                "",
                "filterPrice",
                "0.29",
                "feeMetric",
                "idle_minutes",
                "feePrice",
                "0.10",
                "feeGrace",
                "240",
                "feeCap",
                "",
                "kwh",
                "100");

        assertThat(operator.postAll("/operator/plans/preview", fields).body())
                .contains("<th scope=\"row\">Night</th><td>€0.29 per kWh</td><td class=\"end\">€29.00") // 100 × 0.29
                .contains(
                        "<th scope=\"row\">Otherwise</th><td>€0.45 per kWh</td><td class=\"end\">€45.00") // 100 × 0.45
                .contains("<th scope=\"row\">Idle minute</th><td>€0.10</td>");
        assertThat(operator.postAll("/operator/plans", fields).statusCode()).isEqualTo(303);
        assertThat(operator.get("/operator/plans/" + code).body())
                .contains("value=\"" + night + "\" selected")
                .contains("name=\"filterPrice\" value=\"0.29\"")
                .contains("name=\"feeGrace\" value=\"240\"");
    }

    @Test
    void allErrorsAreShownAtOnceAndTheInputIsKept() {
        var answer = operator.postAll(
                "/operator/plans",
                "code",
                "",
                "name",
                "",
                "interval",
                "daily",
                "currency",
                "XYZ",
                "fee",
                "-1",
                "vatRate",
                "101",
                "model",
                "graduated",
                "upTo",
                "100",
                "unitPrice",
                "cheap",
                "flat",
                "0",
                "upTo",
                "50",
                "unitPrice",
                "0.2",
                "flat",
                "0",
                "upTo",
                "",
                "unitPrice",
                "-3",
                "flat",
                "0");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("id=\"fault-code\"")
                .contains("id=\"fault-name\"")
                .contains("Must be weekly, monthly")
                .contains("Must be a currency code")
                .contains("id=\"fault-fee\"")
                .contains("Must be a percentage from 0 to 100")
                .contains("Must be a number like \"0.25\", not \"cheap\"")
                .contains("Must be above the start of the range, not 50")
                .contains("Must not be negative")
                .contains("value=\"cheap\"")
                .contains("value=\"XYZ\"")
                .doesNotContain("from_value");
    }

    @Test
    void tierRowsAreAddedAndRemovedBeforeSaving() {
        var fields = new ArrayList<>(List.of(form("graduated", TIERS)));
        fields.addAll(List.of("addRow", "true"));
        var more = operator.postAll("/operator/plans", fields.toArray(String[]::new));
        assertThat(more.body().split("name=\"unitPrice\"", -1)).hasSize(4); // three rows
        var less = operator.postAll("/operator/plans", form("graduated", concat(TIERS, "removeRow", "0")));
        assertThat(less.body().split("name=\"unitPrice\"", -1)).hasSize(2);
        assertThat(less.body()).contains("value=\"0,2\"");
        assertThat(plans.find(code)).isEmpty();
    }

    private static String[] concat(String[] some, String... more) {
        var all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void lagosJsonIsValidatedByTheSameRules() {
        var json = """
            {"code":"%s","name":"Home","interval":"monthly","amount_cents":500,"amount_currency":"EUR","charges":[
             {"billable_metric_code":"energy_kwh","charge_model":"standard","properties":{"amount":"0.30"},
              "min_amount_cents":100}]}
            """.formatted(code);
        var broken = operator.post("/operator/plans", Map.of("json", "{\"code\":"));
        assertThat(broken.statusCode()).isEqualTo(422);
        assertThat(broken.body())
                .contains("This is not a JSON object")
                .contains("{&quot;code&quot;:".replace("&quot;", "\""));
        var faulty =
                operator.post("/operator/plans", Map.of("json", "{\"code\":\"" + code + "\",\"interval\":\"daily\"}"));
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body())
                .contains("name: Must be a text")
                .contains("interval: Must be weekly")
                .contains("amount_cents: Must be a whole number")
                .contains("amount_currency: Must be");
        assertThat(plans.find(code)).isEmpty();

        assertThat(operator.post("/operator/plans", Map.of("json", json)).statusCode())
                .isEqualTo(303);
        assertThat(saved().unsupported()).containsExactly("charges[0].min_amount_cents");
        assertThat(operator.get("/operator/plans/" + code).body())
                .contains("This plan contains more than the form can show")
                .contains("min_amount_cents")
                .contains("This plan can be saved, but its energy has no price");
        assertThat(operator.get("/operator/plans?after=" + code.substring(0, code.length() - 1))
                        .body())
                .contains("not computed")
                .contains("charges[0].min_amount_cents");
    }

    @Test
    void theListShowsTheSubscribersOfEachVersion() {
        save("standard", "amount", "0.30");
        var driver = portal.driver();
        data.assign(driver, code, "2026-01-01T00:00:00Z");
        save("standard", "amount", "0.35");
        var list = operator.get("/operator/plans?after=" + code.substring(0, code.length() - 1))
                .body();
        assertThat(list)
                .contains("Version 2 · 0 drivers")
                .contains("Version 1 · 1 driver<")
                .contains("€0.35 per kWh");
        assertThat(operator.get("/operator/plans/no-such-plan").statusCode()).isEqualTo(404);
        assertThat(operator.get("/operator/plans/new").body()).contains("See what energy would cost before you save");
    }
}
