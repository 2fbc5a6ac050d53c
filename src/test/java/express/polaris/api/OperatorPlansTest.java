package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApplicationTest
class OperatorPlansTest {

    private final Portal portal;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private Account operator;
    private Account driver;
    private Script script;
    private String code = "";

    OperatorPlansTest(Portal portal, JdbcClient jdbc, MutableClock clock) {
        this.portal = portal;
        this.jdbc = jdbc;
        this.clock = clock;
        this.operator = portal.operator();
        this.driver = portal.driver();
        this.script = new Script(portal.withToken(operator));
    }

    @BeforeEach
    void people() {
        operator = portal.operator();
        driver = portal.driver();
        script = new Script(portal.withToken(operator));
        code = "plan-" + UUID.randomUUID();
    }

    @Test
    void aSavedLagoPlanIsReturnedWithItsVersion() {
        var plan = script.call(201, "POST", "/operator/plans", graduated());
        assertThat(plan.path("code").asString()).isEqualTo(code);
        assertThat(plan.path("interval").asString()).isEqualTo("monthly");
        assertThat(plan.path("amount_cents").asLong()).isEqualTo(990);
        assertThat(plan.path("amount_currency").asString()).isEqualTo("EUR");
        assertThat(plan.path("pay_in_advance").asBoolean()).isTrue();
        assertThat(plan.path("vat_rate").asString()).isEqualTo("19");
        assertThat(plan.path("version").asInt()).isEqualTo(1);
        assertThat(plan.path("unsupported").isEmpty()).isTrue();
        var charge = plan.path("charges").path(0);
        assertThat(charge.path("charge_model").asString()).isEqualTo("graduated");
        assertThat(charge.path("properties")
                        .path("graduated_ranges")
                        .path(1)
                        .path("per_unit_amount")
                        .asString())
                .isEqualTo("0.29");
        var entry = script.lastEntry();
        assertThat(entry.path("action").asString()).isEqualTo("plan.save");
        assertThat(entry.path("actorId").asLong()).isEqualTo(operator.id().value());
        assertThat(entry.path("details").path("code").asString()).isEqualTo(code);
    }

    @Test
    void savingAKnownCodeCreatesAVersionAndTheListHasTheLatest() {
        script.call(201, "POST", "/operator/plans", standard("0.30"));
        script.call(201, "POST", "/operator/plans", standard("0.40"));
        var listed = new ArrayList<JsonNode>();
        var page = script.get("/operator/plans?limit=200");
        page.path("items").forEach(plan -> {
            if (plan.path("code").asString().equals(code)) {
                listed.add(plan);
            }
        });
        assertThat(listed).hasSize(1);
        assertThat(listed.getFirst().path("version").asInt()).isEqualTo(2);
        assertThat(listed.getFirst()
                        .path("charges")
                        .path(0)
                        .path("properties")
                        .path("amount")
                        .asString())
                .isEqualTo("0.40");
    }

    @Test
    void theNextPageContinuesWhereThePreviousOneEnded() {
        script.call(201, "POST", "/operator/plans", standard("0.30"));
        var first = code;
        code = code + "-second";
        script.call(201, "POST", "/operator/plans", standard("0.30"));
        var codes = new ArrayList<String>();
        var cursor = "";
        do {
            var page = script.get("/operator/plans?limit=1" + cursor);
            page.path("items").forEach(plan -> codes.add(plan.path("code").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(codes).contains(first, code).doesNotHaveDuplicates();
        assertThat(Script.faults(script.refused(400, "/operator/plans?cursor=AA")))
                .containsExactly("cursor");
    }

    @Test
    void everyFieldOfALagoPlanIsStoredAndReturned() {
        var saved = script.call(201, "POST", "/operator/plans", """
            {"plan":{"lago_id":"a1","code":"%s","name":"Depot","interval":"monthly","description":"Cars of the depot",
             "created_at":"2026-03-02T08:15:00Z","amount_cents":1500,"amount_currency":"EUR","trial_period":0.0,
             "customers_count":2,"minimum_commitment":null,"metadata":{"cost_centre":"4711","share":0.125},"taxes":[],
             "charges":[{"lago_id":"c1","lago_billable_metric_id":"m1","billable_metric_code":"energy_kwh",
              "charge_model":"standard","invoice_display_name":"Energy","min_amount_cents":0,"pay_in_advance":false,
              "prorated":false,"filters":[],"properties":{"amount":"0.35"}}]}}
            """.formatted(code));
        var listed = script.get("/operator/plans?limit=200")
                .path("items")
                .valueStream()
                .filter(plan -> plan.path("code").asString().equals(code))
                .findFirst()
                .orElseThrow();
        assertThat(listed).isEqualTo(saved);
        assertThat(listed.path("unsupported").isEmpty()).isTrue();
        assertThat(listed.path("lago_id").asString()).isEqualTo("a1");
        assertThat(listed.path("customers_count").asInt()).isEqualTo(2);
        assertThat(listed.has("minimum_commitment")).isTrue();
        assertThat(listed.path("metadata").path("share").decimalValue()).isEqualByComparingTo("0.125");
        assertThat(listed.path("charges")
                        .path(0)
                        .path("lago_billable_metric_id")
                        .asString())
                .isEqualTo("m1");
        var again = script.call(201, "POST", "/operator/plans", listed.toString());
        assertThat(again.path("version").asInt()).isEqualTo(2);
        assertThat(again.path("unsupported").isEmpty()).isTrue();
        assertThat(again.path("metadata")).isEqualTo(listed.path("metadata"));
    }

    @Test
    void unsupportedFieldsAreNamed() {
        var plan = script.call(201, "POST", "/operator/plans", """
            {"code":"%s","name":"Odd","interval":"monthly","amount_cents":0,"amount_currency":"EUR",
             "minimum_commitment":{"amount_cents":100},
             "charges":[{"billable_metric_code":"minutes","charge_model":"percentage","properties":{"rate":"1.5"}}]}
            """.formatted(code));
        assertThat(plan.path("unsupported").toString()).contains("minimum_commitment", "minutes", "percentage");
    }

    @Test
    void allErrorsInAPlanAreReportedAndNothingIsStored() {
        var problem = script.call(422, "POST", "/operator/plans", """
            {"code":"%s","name":" ","interval":"daily","amount_cents":1.5,"amount_currency":"EURO",
             "charges":[{"charge_model":"standard","properties":{"amount":"-1"}}]}
            """.formatted(code));
        assertThat(Script.faults(problem))
                .containsExactlyInAnyOrder(
                        "name",
                        "interval",
                        "amount_cents",
                        "amount_currency",
                        "charges[0].billable_metric_code",
                        "charges[0].properties.amount");
        assertThat(versions()).isZero();
    }

    @Test
    void valuesThatCannotBeStoredAreRefusedWithoutAServerError() {
        for (var bad : new String[] {
            "\"amount_cents\":1e99999999",
            "\"amount_cents\":0,\"metadata\":{\"x\":1e99999999}",
            "\"amount_cents\":0,\"metadata\":{\"x\":\"\\u0000\"}",
            "\"amount_cents\":0,\"metadata\":{\"x\\u0000\":1}",
            "\"amount_cents\":0,\"metadata\":\"\\ud800\"",
            "\"amount_cents\":0,\"charges\":[{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"standard\","
                    + "\"properties\":{\"amount\":1e-99999999}}]"
        }) {
            var body = "{\"code\":\"%s\",\"name\":\"X\",\"interval\":\"monthly\",\"amount_currency\":\"EUR\",%s}"
                    .formatted(code, bad);
            var problem = script.call(422, "POST", "/operator/plans", body);
            assertThat(Script.faults(problem)).as(bad).isNotEmpty();
        }
        assertThat(versions()).isZero();
        script.call(400, "POST", "/operator/plans", "[]");
        script.call(400, "POST", "/operator/plans", "{");
    }

    @Test
    void aDriverSeesANewSubscription() {
        script.call(201, "POST", "/operator/plans", standard("0.30"));
        clock.set(Instant.parse("2026-05-10T10:00:00Z"));
        var own = new Script(portal.withToken(driver));
        own.refused(404, "/subscription");
        var started = script.call(201, "POST", "/operator/subscriptions", wanted("2026-05-01T00:00:00+02:00"));
        assertThat(started.path("startedAt").asString()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(started.path("endedAt").isNull()).isTrue();
        assertThat(started.path("planVersion").asInt()).isEqualTo(1);
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("subscription.start");
        var seen = own.get("/subscription");
        assertThat(seen.path("planCode").asString()).isEqualTo(code);
        assertThat(seen.path("billingTime").asString()).isEqualTo("calendar");
        assertThat(seen.path("periodFrom").asString()).isEqualTo("2026-04-30T22:00:00Z");
        assertThat(seen.path("periodTo").asString()).isEqualTo("2026-05-31T22:00:00Z");
        assertThat(seen.path("fee").asString()).isEqualTo("9.90");
        assertThat(seen.path("currency").asString()).isEqualTo("EUR");
        new Script(portal.withToken(portal.driver())).refused(404, "/subscription");
    }

    @Test
    void anOverlapIsAConflictUnlessItReplacesTheSubscription() {
        script.call(201, "POST", "/operator/plans", standard("0.30"));
        var first = script.call(201, "POST", "/operator/subscriptions", wanted("2026-05-01T00:00:00Z"));
        script.call(409, "POST", "/operator/subscriptions", wanted("2026-05-01T00:00:00Z"));
        script.call(409, "POST", "/operator/subscriptions", wanted("2026-06-01T00:00:00Z"));
        script.call(409, "POST", "/operator/subscriptions", wanted("2026-04-01T00:00:00Z"));
        assertThat(subscriptions()).hasSize(1);
        var second = script.call(
                201,
                "POST",
                "/operator/subscriptions",
                wanted("2026-06-01T00:00:00Z").replace("}", ",\"replace\":true}"));
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("subscription.change-plan");
        var all = subscriptions();
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().path("id")).isEqualTo(second.path("id"));
        assertThat(all.getLast().path("id")).isEqualTo(first.path("id"));
        assertThat(all.getLast().path("endedAt").asString()).isEqualTo("2026-06-01T00:00:00Z");
    }

    @Test
    void aTerminatedSubscriptionAllowsANewOne() {
        script.call(201, "POST", "/operator/plans", standard("0.30"));
        var id = script.call(201, "POST", "/operator/subscriptions", wanted("2026-05-01T00:00:00Z"))
                .path("id")
                .asLong();
        var path = "/operator/subscriptions/" + id + "/terminate";
        assertThat(Script.faults(script.call(422, "POST", path, "{}"))).containsExactly("at");
        assertThat(Script.faults(script.call(422, "POST", path, "{\"at\":\"tomorrow\"}")))
                .containsExactly("at");
        script.call(409, "POST", path, "{\"at\":\"2026-05-01T00:00:00Z\"}");
        assertThat(subscriptions().getFirst().path("endedAt").isNull()).isTrue();
        var ended = script.call(200, "POST", path, "{\"at\":\"2026-06-01T00:00:00Z\"}");
        assertThat(ended.path("endedAt").asString()).isEqualTo("2026-06-01T00:00:00Z");
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("subscription.terminate");
        script.call(201, "POST", "/operator/subscriptions", wanted("2026-06-01T00:00:00Z"));
        script.call(404, "POST", "/operator/subscriptions/999999999/terminate", "{\"at\":\"2026-06-01T00:00:00Z\"}");
    }

    @Test
    void allErrorsInASubscriptionAreReportedAndNothingIsStored() {
        var problem = script.call(422, "POST", "/operator/subscriptions", "{}");
        assertThat(Script.faults(problem))
                .containsExactlyInAnyOrder("driverId", "planCode", "startedAt", "billingTime", "timeZone");
        var wrong = script.call(422, "POST", "/operator/subscriptions", """
            {"driverId":%s,"planCode":"no-such","startedAt":"2026-02-30T00:00:00Z","billingTime":"x","timeZone":"Mars"}
            """.formatted(operator.id()));
        assertThat(Script.faults(wrong))
                .containsExactlyInAnyOrder("driverId", "planCode", "startedAt", "billingTime", "timeZone");
        for (var day :
                new String[] {"1999-12-31T23:59:59Z", "2200-01-01T00:00:01Z", "2026-05-01", "2026-05-01T24:01:00Z", ""
                }) {
            script.call(201, "POST", "/operator/plans", standard("0.30"));
            var refused = script.call(422, "POST", "/operator/subscriptions", wanted(day));
            assertThat(Script.faults(refused)).as(day).containsExactly("startedAt");
        }
        assertThat(subscriptions()).isEmpty();
        assertThat(script.get("/operator/subscriptions?driverId=x")
                        .path("items")
                        .isEmpty())
                .isTrue();
    }

    private ArrayList<JsonNode> subscriptions() {
        var found = new ArrayList<JsonNode>();
        script.get("/operator/subscriptions?driverId=" + driver.id())
                .path("items")
                .forEach(found::add);
        return found;
    }

    private long versions() {
        return jdbc.sql("select count(*) from plans where code = ?")
                .param(code)
                .query(Long.class)
                .single();
    }

    private String wanted(String startedAt) {
        return "{\"driverId\":%s,\"planCode\":\"%s\",\"startedAt\":\"%s\",\"billingTime\":\"calendar\",\"timeZone\":\"Europe/Berlin\"}"
                .formatted(driver.id(), code, startedAt);
    }

    private String standard(String price) {
        return plan(
                "{\"billable_metric_code\":\"energy_kwh\",\"charge_model\":\"standard\",\"properties\":{\"amount\":\"%s\"}}"
                        .formatted(price));
    }

    private String graduated() {
        return plan("""
            {"billable_metric_code":"energy_kwh","charge_model":"graduated","properties":{"graduated_ranges":[
              {"from_value":0,"to_value":100,"per_unit_amount":"0","flat_amount":"0"},
              {"from_value":100,"to_value":null,"per_unit_amount":"0.29","flat_amount":"0"}]}}
            """);
    }

    private String plan(String charge) {
        return """
            {"code":"%s","name":"Home","interval":"monthly","amount_cents":990,"amount_currency":"EUR",
             "pay_in_advance":true,"vat_rate":19,"charges":[%s]}
            """.formatted(code, charge);
    }
}
