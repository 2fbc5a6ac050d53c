package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.refusals.Conflict;
import express.polaris.sessions.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A force-close that sent a command is in the audit log, however it ended. */
class ForceCloseTest {

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl());

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    private long charging() {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", NOON.minus(Duration.ofMinutes(30)), 1000);
        steve.world().addMeterValue(id, energy(NOON.minus(Duration.ofMinutes(5)), 3500));
        harness.sync();
        return id;
    }

    private List<Map<String, Object>> audited(long id) {
        return harness.jdbc()
                .sql("select details ->> 'reason' as reason, details ->> 'result' as result from audit_log"
                        + " where action = 'session.force-close' and subject = ?")
                .param("session " + id)
                .query((row, number) ->
                        Map.<String, Object>of("reason", row.getString("reason"), "result", row.getString("result")))
                .list();
    }

    @Test
    void aStopThatTheChargerRejectedIsAuditedWhenSteveNoLongerHasTheTransaction() throws Exception {
        long id = charging();
        var operator = harness.driver("olga");
        steve.world().chargeBox("CP1").behaviour(ChargeBoxBehaviour.REJECTS);
        steve.answersTake(CallKind.TRANSACTION_STOP, Duration.ofSeconds(3));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var closing = threads.submit(
                    () -> harness.bean(ForceClose.class).close(operator, new SessionId(id), "Stuck", false));
            await().until(() -> steve.callCount(CallKind.TRANSACTION_STOP) == 1);
            steve.world().deleteTag("TAG1");
            assertThatThrownBy(closing::get).cause().isInstanceOf(Conflict.class);
        }
        assertThat(audited(id))
                .singleElement()
                .isEqualTo(Map.of(
                        "reason",
                        "Stuck",
                        "result",
                        "The charger answered: Rejected; the transaction was no longer active in SteVe"));
    }

    @Test
    void aRefusalBeforeAnyCommandIsNotAudited() {
        long id = charging();
        var operator = harness.driver("olga");
        steve.world().deleteTag("TAG1");
        assertThatThrownBy(() -> harness.bean(ForceClose.class).close(operator, new SessionId(id), "Stuck", false))
                .isInstanceOf(Conflict.class);
        assertThat(audited(id)).isEmpty();
    }
}
