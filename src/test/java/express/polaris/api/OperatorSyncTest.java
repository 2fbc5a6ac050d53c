package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class OperatorSyncTest {

    private final SimulatedSteve steve;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final Script script;

    OperatorSyncTest(Portal portal, SimulatedSteve steve, JdbcClient jdbc, MutableClock clock) {
        this.steve = steve;
        this.jdbc = jdbc;
        this.clock = clock;
        this.script = new Script(portal.withToken(portal.operator()));
    }

    @Test
    void aRequestedRunDiscoversTransactionsAndIsAudited() {
        steve.world().startTransaction("CB-RUN", 1, "RUN", clock.instant(), 0);
        var run = script.call(202, "POST", "/operator/sync-runs", "");
        assertThat(run.path("trigger").asString()).isEqualTo("operator");
        assertThat(run.path("finishedAt").isNull()).isTrue();
        long id = run.path("id").asLong();
        var entry = script.lastEntry();
        assertThat(entry.path("action").asString()).isEqualTo("sync.run");
        assertThat(entry.path("subject").asString()).isEqualTo("sync run " + id);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var now = script.get("/operator/sync-runs/" + id);
            assertThat(now.path("discovered").asInt()).isPositive();
            assertThat(now.path("read").asInt()).isPositive();
        });
    }

    @Test
    void aRunHasAllItsErrorsAndTheListOnlyTheFirstTwenty() {
        long run = jdbc.sql("""
            insert into sync_runs (trigger, started_at, finished_at) values ('schedule', now(), now()) returning id
            """).query(Long.class).single();
        for (int i = 1; i <= 25; i++) {
            jdbc.sql("insert into sync_errors (sync_run_id, at, steve_transaction_id, reason) values (?, now(),"
                            + " nullif(?, 1), ?)")
                    .param(run)
                    .param(i)
                    .param("reason " + i)
                    .update();
        }
        var one = script.get("/operator/sync-runs/" + run).path("errors");
        assertThat(one).hasSize(25);
        assertThat(one.path(0).path("transactionId").isNull()).isTrue();
        assertThat(one.path(24).path("transactionId").asLong()).isEqualTo(25);
        var page = script.get("/operator/sync-runs?limit=1&cursor=" + Long.toString(run + 1, 36));
        assertThat(page.path("items").path(0).path("id").asLong()).isEqualTo(run);
        assertThat(page.path("items").path(0).path("errors")).hasSize(20);
    }

    @Test
    void anInvalidCursorIsReported() {
        assertThat(Script.faults(script.refused(400, "/operator/sync-runs?cursor=%21")))
                .containsExactly("cursor");
        assertThat(Script.faults(script.refused(400, "/operator/audit?before=1")))
                .containsExactly("before");
    }
}
