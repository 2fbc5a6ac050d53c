package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An operator assigns a session to its driver, and force-closes a stuck one. */
@ApplicationTest
class OperatorCorrectionsTest extends OperatedTransactions {

    OperatorCorrectionsTest(
            Portal portal, SimulatedSteve steve, SessionService sessions, MutableClock clock, JdbcClient jdbc) {
        super(portal, steve, sessions, clock, jdbc);
    }

    @Test
    void aWronglyAttachedSessionIsMovedToItsDriver() {
        var wrong = portal.driver();
        var right = portal.driver();
        linkTo(wrong, ago(HOUR.multipliedBy(5)));
        long id = ended(ago(HOUR.multipliedBy(3)), ago(HOUR), 2000);
        sync(id);
        var moved = script.call(
                200,
                "POST",
                "/operator/transactions/" + id + "/owner",
                "{\"driverId\":%s,\"reason\":\"Borrowed card\"}".formatted(right.id()));
        assertThat(moved.path("driver").path("id").asLong())
                .isEqualTo(right.id().value());
        assertThat(moved.path("card").isNull()).isTrue();
        assertThat(portal.withToken(right).get("/api/v1/sessions/" + id).statusCode())
                .isEqualTo(200);
        assertThat(portal.withToken(wrong).get("/api/v1/sessions/" + id).statusCode())
                .isEqualTo(404);
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("session.owner");
        assertThat(script.lastEntry().path("details").path("from").asLong())
                .isEqualTo(wrong.id().value());
        assertThat(script.lastEntry().path("details").path("reason").asString()).isEqualTo("Borrowed card");
    }

    @Test
    void anInvoicedSessionKeepsItsDriver() {
        var owner = portal.driver();
        linkTo(owner, ago(HOUR.multipliedBy(5)));
        long id = ended(ago(HOUR.multipliedBy(3)), ago(HOUR), 2000);
        sync(id);
        jdbc.sql("update synced_transaction_events set sealed_at = now() where steve_transaction_id = ?")
                .param(id)
                .update();
        long entry = script.lastEntry().path("id").asLong();
        script.call(
                409,
                "POST",
                "/operator/transactions/" + id + "/owner",
                "{\"driverId\":%s,\"reason\":\"Mistake\"}"
                        .formatted(portal.driver().id()));
        assertThat(sessions.find(new SessionId(id), owner.id())).isPresent();
        assertThat(script.lastEntry().path("id").asLong()).isEqualTo(entry);
    }

    @Test
    void allErrorsInACorrectionAreReportedAtOnce() {
        long id = charging(ago(HOUR));
        sync(id);
        var path = "/operator/transactions/" + id + "/owner";
        assertThat(Script.faults(script.call(422, "POST", path, "{}"))).containsExactly("driverId", "reason");
        assertThat(Script.faults(script.call(422, "POST", path, "{\"driverId\":999999999,\"reason\":\" \"}")))
                .containsExactly("driverId", "reason");
    }

    private JsonNode forceClose(int status, long id, String body) {
        return script.call(status, "POST", "/operator/transactions/" + id + "/force-close", body);
    }

    @Test
    void aForceCloseIsRefusedWhenSteveHasReusedTheId() {
        long id = charging(ago(HOUR), 3500);
        sync(id);
        steve.world().deleteTag(tag);
        steve.world().startTransactionAs(id, "OTHER-" + box, 1, "OTHER-" + tag, ago(HOUR), 9000);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return sessions.hasReusedId(new SessionId(id));
        });
        assertThat(forceClose(409, id, "{\"reason\":\"Customer called\"}")
                        .path("detail")
                        .asString())
                .isEqualTo("SteVe now has another session under the number " + id
                        + ", and closing it would end that one. Nothing was sent.");
        var page = portal.signedIn(portal.operator()).get("/operator/transactions/" + id + "/force-close");
        assertThat(page.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/operator/transactions/" + id + "?done=id-reused"));
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isTrue();
        steve.world().deleteTag("OTHER-" + tag);
    }

    @Test
    void aForceCloseFirstAsksTheChargerToStop() {
        long id = charging(ago(HOUR), 3500);
        sync(id);
        var answer = forceClose(202, id, "{\"reason\":\"Customer called\"}");
        assertThat(answer.path("outcome").asString()).isEqualTo("accepted");
        assertThat(answer.path("message").asString())
                .isEqualTo("The charger stopped the transaction. The session ends with 2.500 kWh."); // 3500 - 1000
        var item = items("idTag=" + tag).path(0);
        assertThat(item.path("status").asString()).isEqualTo("completed");
        assertThat(item.path("stopReason").asString()).isEqualTo("Remote");
        assertThat(script.lastEntry().path("action").asString()).isEqualTo("session.force-close");
        assertThat(script.lastEntry().path("details").path("reason").asString()).isEqualTo("Customer called");
        forceClose(409, id, "{\"reason\":\"Again\"}");
    }

    @Test
    void aForceCloseStopsInSteveWhenTheChargerDoesNot() {
        for (var behaviour :
                List.of(ChargeBoxBehaviour.OFFLINE, ChargeBoxBehaviour.REJECTS, ChargeBoxBehaviour.SILENT)) {
            long id = charging(ago(HOUR), 3500);
            steve.world().chargeBox(box).behaviour(behaviour);
            sync(id);
            var answer = forceClose(202, id, "{\"reason\":\"Stuck\"}");
            assertThat(answer.path("outcome").asString()).isEqualTo("accepted");
            assertThat(answer.path("message").asString())
                    .endsWith("; SteVe closed the transaction. The session ends with 2.500 kWh.");
            assertThat(items("idTag=" + tag).path(0).path("status").asString()).isEqualTo("completed");
        }
    }

    @Test
    void aForceCloseWithoutEnergyRequiresConfirmation() {
        long id = charging(ago(HOUR));
        sync(id);
        long entry = script.lastEntry().path("id").asLong();
        assertThat(forceClose(409, id, "{\"reason\":\"Stuck\"}").path("detail").asString())
                .contains("0 kWh", "confirmZero");
        assertThat(script.lastEntry().path("id").asLong()).isEqualTo(entry);
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isTrue();
        forceClose(202, id, "{\"reason\":\"Stuck\",\"confirmZero\":true}");
        assertThat(steve.world().transaction(id).orElseThrow().isActive()).isFalse();
    }

    @Test
    void aForceCloseRequiresAReasonAndAReachableSteve() {
        long id = charging(ago(HOUR), 3500);
        sync(id);
        assertThat(Script.faults(forceClose(422, id, "{}"))).containsExactly("reason");
        steve.databaseDown(true);
        try {
            forceClose(503, id, "{\"reason\":\"Stuck\"}");
        } finally {
            steve.databaseDown(false);
        }
        assertThat(script.lastEntry().path("details").path("result").asString()).isEqualTo("SteVe gave no answer");
        assertThat(sessions.find(new SessionId(id)).orElseThrow().isLive()).isTrue();
    }
}
