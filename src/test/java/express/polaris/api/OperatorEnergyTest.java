package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.sessions.ChargingSession;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Charging;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Operators' decisions about the energy of a session, and their effect on what drivers see. */
@ApplicationTest
class OperatorEnergyTest {

    private final Portal portal;
    private final Charging charging;
    private final BillingData billing;
    private final Script script;

    OperatorEnergyTest(Portal portal, Charging charging, ApplicationContext application) {
        this.portal = portal;
        this.charging = charging;
        this.billing = new BillingData(application);
        this.script = new Script(portal.withToken(portal.operator()));
    }

    private JsonNode decide(int status, long id, String body) {
        return script.call(status, "POST", "/operator/transactions/" + id + "/energy", body);
    }

    private JsonNode confirm(int status, long id, String body) {
        return script.call(status, "POST", "/operator/transactions/" + id + "/confirm-energy", body);
    }

    private Account subscribed() {
        var driver = portal.driver();
        billing.subscribe(driver, charging.now().minus(Duration.ofDays(1)).toString());
        return driver;
    }

    /** 4 kWh are measured; SteVe's stop value comes from another register. */
    private long inflated(Account driver) {
        long id = charging.live(driver);
        charging.end(id, charging.now(), 2_001_000);
        charging.until(id, session -> session.energies().dispute().isPresent());
        return id;
    }

    private long jumped(Account driver) {
        long id = charging.live(driver);
        var at = charging.now();
        for (int step = 0; step < 4; step++) {
            charging.reading(id, at.minusSeconds(240 - 60L * step), 9_001_000 + 500L * step);
        }
        charging.until(id, ChargingSession::hasJump);
        return id;
    }

    @Test
    void aDisputedSessionHasBothEnergiesAndNoPriceUntilItIsDecided() {
        var driver = subscribed();
        long id = inflated(driver);
        var own = new Script(portal.withToken(driver));
        for (var session : List.of(
                own.get("/sessions/" + id),
                own.get("/sessions").path("items").path(0),
                script.get("/operator/transactions?driverId=" + driver.id())
                        .path("items")
                        .path(0))) {
            assertThat(session.path("measuredKwh").asString()).isEqualTo("4.000000");
            assertThat(session.path("steveKwh").asString()).isEqualTo("2000.000000"); // 2001 - 1
            assertThat(session.path("disputed").asBoolean()).isTrue();
            assertThat(session.path("energyDecision").isNull()).isTrue();
            assertThat(session.path("note").asString()).isEqualTo("checking");
            assertThat(session.path("flags").toString()).contains("disputed");
            assertThat(session.path("cost").path("coverage").asString()).isEqualTo("unknown");
        }
        var decided = decide(200, id, "{\"use\":\"measured\",\"reason\":\"By the readings\"}");
        assertThat(decided.path("idTag").asString()).isNotEmpty();
        for (var session : List.of(
                decided,
                own.get("/sessions/" + id),
                own.get("/sessions").path("items").path(0))) {
            assertThat(session.path("energyKwh").asString()).isEqualTo("4.000000");
            assertThat(session.path("disputed").asBoolean()).isFalse();
            assertThat(session.path("note").isNull()).isTrue();
            assertThat(session.path("cost").path("amount").asString()).isEqualTo("1.20"); // 4 × 0.30
            var decision = session.path("energyDecision");
            assertThat(decision.path("use").asString()).isEqualTo("measured");
            assertThat(decision.path("energyKwh").asString()).isEqualTo("4.000000");
            assertThat(decision.path("decidedAt").asString()).endsWith("Z");
            assertThat(decision.path("reason").asString()).isEqualTo("By the readings");
        }
        var entry = script.lastEntry();
        assertThat(entry.path("action").asString()).isEqualTo("session.energy");
        assertThat(entry.path("details").path("use").asString()).isEqualTo("measured");
    }

    @Test
    void aThirdValueIsAcceptedAsStringOrNumber() {
        long id = inflated(subscribed());
        var first = decide(200, id, "{\"use\":\"value\",\"energyKwh\":\"12.5\",\"reason\":\"By a photo\"}");
        assertThat(first.path("energyKwh").asString()).isEqualTo("12.500000");
        assertThat(first.path("cost").path("amount").asString()).isEqualTo("3.75"); // 12.5 × 0.30
        var second = decide(200, id, "{\"use\":\"value\",\"energyKwh\":0,\"reason\":\"It never charged\"}");
        assertThat(second.path("energyKwh").asString()).isEqualTo("0.000000");
        assertThat(second.path("energyDecision").path("reason").asString()).isEqualTo("It never charged");
    }

    @Test
    void aDecisionRequiresAReasonAUseAndAValueForUseValue() {
        long id = inflated(portal.driver());
        assertThat(Script.faults(decide(422, id, "{}"))).containsExactly("use", "reason");
        assertThat(Script.faults(decide(422, id, "{\"use\":\"guess\",\"reason\":\"So\"}")))
                .containsExactly("use");
        assertThat(Script.faults(decide(422, id, "{\"use\":\"steve\",\"reason\":\" \"}")))
                .containsExactly("reason");
        for (var number : List.of(
                "",
                ",\"energyKwh\":\"-1\"",
                ",\"energyKwh\":1000001",
                ",\"energyKwh\":\"much\"",
                ",\"energyKwh\":\"1e3\"",
                ",\"energyKwh\":\"0.0000001\"")) {
            assertThat(Script.faults(decide(422, id, "{\"use\":\"value\",\"reason\":\"So\"" + number + "}")))
                    .as(number)
                    .containsExactly("energyKwh");
        }
        assertThat(Script.faults(decide(422, id, "{\"use\":\"steve\",\"energyKwh\":\"1\",\"reason\":\"So\"}")))
                .containsExactly("energyKwh");
        decide(404, 999_999_999, "{\"use\":\"steve\",\"reason\":\"So\"}");
        script.call(404, "POST", "/operator/transactions/x/energy", "{\"use\":\"steve\",\"reason\":\"So\"}");
    }

    @Test
    void aLiveSessionCannotBeDecided() {
        long id = charging.live(portal.driver());
        assertThat(decide(409, id, "{\"use\":\"measured\",\"reason\":\"So\"}")
                        .path("detail")
                        .asString())
                .isEqualTo("Session " + id + " is live. Decide its energy once it has ended.");
    }

    @Test
    void aStopValueBelowTheStartCannotBeChosenAndTheMeasuredEnergyCan() {
        var driver = portal.driver();
        long id = charging.live(driver);
        charging.end(id, charging.now(), 400);
        charging.until(id, session -> session.closingFault().isPresent());
        var own = new Script(portal.withToken(driver));
        assertThat(own.get("/sessions/" + id).path("steveKwh").isNull()).isTrue();
        assertThat(decide(409, id, "{\"use\":\"steve\",\"reason\":\"So\"}")
                        .path("detail")
                        .asString())
                .startsWith("SteVe has no energy for session " + id);
        assertThat(decide(200, id, "{\"use\":\"measured\",\"reason\":\"So\"}")
                        .path("status")
                        .asString())
                .isEqualTo("completed");
    }

    @Test
    void aJumpLeavesTheSessionWithoutAPriceUntilItIsConfirmed() {
        var driver = subscribed();
        long id = jumped(driver);
        var own = new Script(portal.withToken(driver));
        assertThat(own.get("/sessions/" + id).path("cost").path("coverage").asString())
                .isEqualTo("unknown");
        assertThat(own.get("/sessions/" + id).path("steveKwh").isNull()).isTrue();
        var answer = confirm(202, id, "{\"reason\":\"A ferry\"}");
        assertThat(answer.path("outcome").asString()).isEqualTo("accepted");
        assertThat(answer.path("message").asString()).contains("jump of session " + id);
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("session.confirm-energy");
        assertThat(script.lastEntry().path("details").path("reason").asString()).isEqualTo("A ferry");
        charging.until(id, session -> !session.hasJump());
        var cost = own.get("/sessions/" + id).path("cost");
        assertThat(cost.path("amount").stringValue()).isEqualTo("2700.45"); // 9001.5 × 0.30
        assertThat(confirm(409, id, "{\"reason\":\"Again\"}").path("detail").asString())
                .isEqualTo("No energy of session " + id + " needs confirmation.");
    }

    @Test
    void confirmingACompletedSessionUsesStevesEnergy() {
        var driver = subscribed();
        long id = inflated(driver);
        assertThat(confirm(202, id, "{\"reason\":\"A ferry\"}").path("message").asString())
                .isEqualTo("SteVe's number counts for session " + id + ": 2000 kWh.");
        var session = new Script(portal.withToken(driver)).get("/sessions/" + id);
        assertThat(session.path("energyKwh").asString()).isEqualTo("2000.000000");
        assertThat(session.path("cost").path("amount").asString()).isEqualTo("600.00"); // 2000 × 0.30
        assertThat(session.path("energyDecision").path("use").asString()).isEqualTo("steve");
        confirm(409, id, "{\"reason\":\"Again\"}");
    }

    @Test
    void aConfirmationRequiresAReasonAndEnergyToConfirm() {
        long id = charging.live(portal.driver());
        for (var body : List.of("{}", "{\"reason\":\" \"}")) {
            assertThat(Script.faults(confirm(422, id, body))).containsExactly("reason");
        }
        confirm(409, id, "{\"reason\":\"Nothing has jumped\"}");
        confirm(404, 999_999_999, "{\"reason\":\"A ferry\"}");
        script.call(404, "POST", "/operator/transactions/x/confirm-energy", "{\"reason\":\"A ferry\"}");
    }
}
