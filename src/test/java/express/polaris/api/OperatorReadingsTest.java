package express.polaris.api;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.SimulatedMeterValue;
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

/** An operator reads SteVe's rows of a transaction. */
@ApplicationTest
class OperatorReadingsTest extends OperatedTransactions {

    OperatorReadingsTest(
            Portal portal, SimulatedSteve steve, SessionService sessions, MutableClock clock, JdbcClient jdbc) {
        super(portal, steve, sessions, clock, jdbc);
    }

    @Test
    void eachMeterValueHasItsOutcome() {
        var start = ago(HOUR);
        long id = charging(start, 2000, 3500);
        steve.world().addMeterValue(id, energy(start.minusSeconds(60), 900));
        sync(id);
        var readings = script.get("/operator/transactions/" + id + "/readings");
        assertThat(readings.path("readAt").asString()).endsWith("Z");
        var rows = readings.path("rows");
        assertThat(rows).hasSize(3);
        assertThat(rows.path(0).path("became").isNull()).isTrue();
        assertThat(rows.path(0).path("reason").asString()).isEqualTo("before_start");
        assertThat(rows.path(1).path("value").stringValue()).isEqualTo("2000");
        assertThat(rows.path(1).path("valueTimestamp").asString())
                .isEqualTo(start.plusSeconds(900).toString());
        assertThat(rows.path(1).path("became").asInt()).isZero();
        assertThat(rows.path(1).path("reason").asString()).isEqualTo("energy");
        assertThat(rows.path(2).path("became").asInt()).isEqualTo(1);
        jdbc.sql("delete from steve_answers where steve_transaction_id = ?")
                .param(id)
                .update();
        var forgotten = script.get("/operator/transactions/" + id + "/readings");
        assertThat(forgotten.path("readAt").isNull()).isTrue();
        assertThat(forgotten.path("rows")).isEmpty();
    }

    @Test
    void readingsArePagedAndUnusedMeasurandsAreCounted() {
        var start = ago(HOUR);
        long id = charging(start, 2000, 3500, 4000);
        steve.world()
                .addMeterValue(
                        id, SimulatedMeterValue.of(start.plusSeconds(950), "230", "Sample.Periodic", "Voltage", "V"));
        sync(id);
        var path = "/operator/transactions/" + id + "/readings?limit=2";
        var first = script.get(path);
        assertThat(first.propertyNames()).containsExactly("readAt", "rows", "dropped", "nextCursor");
        assertThat(values(first)).containsExactly("2000", "3500");
        assertThat(first.path("dropped").toString()).isEqualTo("{\"Voltage\":1}");
        var second = script.get(path + "&cursor=" + first.path("nextCursor").asString());
        assertThat(values(second)).containsExactly("4000");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        for (var wrong : List.of("limit=0", "limit=201", "cursor=!", "cursor=-1", "cursor=zzzzzzz", "page=2")) {
            assertThat(Script.faults(script.refused(400, "/operator/transactions/" + id + "/readings?" + wrong)))
                    .as(wrong)
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    private static List<String> values(JsonNode readings) {
        return readings.path("rows").values().stream()
                .map(row -> row.path("value").stringValue())
                .toList();
    }

    @Test
    void meterValuesPointToTheEventsThatRemainAfterAnInvoice() {
        var start = ago(HOUR);
        long id = charging(start, 2000, 3500);
        sync(id);
        jdbc.sql("update synced_transaction_events set sealed_at = now() where steve_transaction_id = ?")
                .param(id)
                .update();
        steve.world().addMeterValue(id, energy(start.plusSeconds(1200), 2500));
        steve.world().addMeterValue(id, energy(start.plusSeconds(2700), 4000));
        await().until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return sessions.eventCount(new SessionId(id)) == 3;
        });
        var rows = script.get("/operator/transactions/" + id + "/readings").path("rows");
        assertThat(rows.values())
                .extracting(row -> row.path("value").stringValue() + " "
                        + row.path("became").asString("-") + " "
                        + row.path("reason").asString())
                .containsExactly("2000 0 energy", "2500 - invoiced", "3500 1 energy", "4000 2 energy");
    }
}
