package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionStatus;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.TestDatabase;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes on one database with real threads. */
class TwoNodesTest {

    private static final int SESSIONS = 60;

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final DataSource database = TestDatabase.fresh();
    private final SyncHarness one = node();
    private final SyncHarness other = node();

    private SyncHarness node() {
        return new SyncHarness(
                SteveSettings.of(steve.baseUrl(), "polaris", "simulated"), database, Optional.of(Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        steve.close();
    }

    private long stopped(Instant start, long wattHours) {
        long id = steve.world().startTransaction("CP1", 1, "TAG1", start, 1000);
        for (int i = 1; i <= 5; i++) {
            steve.world().addMeterValue(id, energy(start.plusSeconds(60L * i), 1000 + wattHours * i / 6));
        }
        steve.world()
                .stopTransaction(id, start.plusSeconds(600), 1000 + wattHours, Optional.empty(), StopActor.STATION);
        return id;
    }

    private long completed() {
        return JdbcClient.create(database).sql("""
            select count(*) from transaction_sync_state s
             where is_finalized and (select is_final from synced_transaction_events e
                                      where e.steve_transaction_id = s.steve_transaction_id
                                      order by position desc limit 1)
            """).query(Long.class).single();
    }

    private void assertEverythingIsThereOnce() {
        for (long id = 1; id <= SESSIONS; id++) {
            var session = one.session(id);
            assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED);
            assertThat(session.energy()).isEqualTo(Energy.ofWattHours(600 * id));
            // 5 readings and the stop
            assertThat(one.timeline(id)).hasSize(6);
        }
    }

    @Test
    void aTransactionImportedByBothNodesIsStoredOnce() throws Exception {
        var start = NOON.minus(Duration.ofHours(2));
        for (long id = 1; id <= SESSIONS; id++) {
            stopped(start.plusSeconds(id), 600 * id);
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = pool.submit(() -> importWithoutLease(one));
            var second = pool.submit(() -> importWithoutLease(other));
            first.get();
            second.get();
        }
        assertEverythingIsThereOnce();
        assertThat(one.errors()).isEmpty();
    }

    /** As if the lease had just moved: both nodes discover and read. */
    private static void importWithoutLease(SyncHarness node) {
        node.bean(Discovery.class).run(1, true);
        node.readDue();
    }

    @Test
    void twoEnginesShareTheWorkAndAnyTakesOverOnceTheLeaseOfAKilledLeaderEnds() {
        var start = Instant.now().minus(Duration.ofHours(3));
        for (long id = 1; id <= SESSIONS; id++) {
            stopped(start.plusSeconds(id), 600 * id);
        }
        var first = one.engine();
        var second = other.engine();
        first.start();
        second.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> completed() == SESSIONS);
            assertEverythingIsThereOnce();
            assertThat(first.isLeading()).isNotEqualTo(second.isLeading());

            // The lease as a killed leader leaves it: neither renewed nor released.
            JdbcClient.create(database)
                    .sql("update sync_cursor set leader = 'killed', leader_until = now() + interval '8 s'")
                    .update();
            await().atMost(Duration.ofSeconds(8)).until(() -> !first.isLeading() && !second.isLeading());
            await().atMost(Duration.ofSeconds(10)).until(() -> first.isLeading() || second.isLeading());
            assertThat(leader()).isNotEqualTo("killed");
            assertThat(first.isLeading()).isNotEqualTo(second.isLeading());
        } finally {
            first.stop();
            second.stop();
        }
    }

    private String leader() {
        return JdbcClient.create(database)
                .sql("select leader from sync_cursor")
                .query(String.class)
                .single();
    }

    @Test
    void aStandbyEngineMakesFewStatements() {
        var cursors = one.bean(SyncCursorRepository.class);
        cursors.lead("somebody else", SyncEngine.LEASE);
        var engine = other.engine();
        engine.start();
        try {
            long before = commits();
            long since = System.nanoTime();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                cursors.lead("somebody else", SyncEngine.LEASE);
                return commits() - before >= 100;
            });

            // A handful of statements a second, and those of this test.
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(steve.callCount()).isZero();
        } finally {
            engine.stop();
        }
    }

    private long commits() {
        return JdbcClient.create(database)
                .sql("select pg_stat_clear_snapshot(), xact_commit from pg_stat_database where datname ="
                        + " current_database()")
                .query((row, number) -> row.getLong("xact_commit"))
                .single();
    }

    @Test
    void anEngineSurvivesALateSteveAndAFailingStep() {
        steve.databaseDown(true);
        stopped(Instant.now().minus(Duration.ofHours(3)), 600);
        var jdbc = JdbcClient.create(database);
        var engine = one.engine();
        engine.start();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> steve.callCount(CallKind.TRANSACTION_LIST) > 0);
            assertThat(engine.isLeading()).isTrue();
            jdbc.sql("alter table sync_cursor rename to sync_cursor_away").update();
            await().atMost(Duration.ofSeconds(10)).until(() -> !engine.isLeading());
            jdbc.sql("alter table sync_cursor_away rename to sync_cursor").update();
            steve.databaseDown(false);
            engine.runNow();
            await().atMost(Duration.ofSeconds(60)).until(() -> completed() == 1);
        } finally {
            engine.stop();
        }
    }

    /** Fails if reads that a stop keeps from starting occupy the backfill for good. */
    @Test
    void anEngineThatIsStoppedAgainAndAgainReadsOnAfterwards() {
        var start = Instant.now().minus(Duration.ofHours(3));
        for (long id = 1; id <= SESSIONS; id++) {
            stopped(start.plusSeconds(id), 600 * id);
        }
        var engine = one.engine();
        steve.answersTake(Duration.ofMillis(100));
        for (int stops = 0; stops < 5; stops++) {
            long before = steve.callCount(CallKind.TRANSACTION_DETAILS);
            engine.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> steve.callCount(CallKind.TRANSACTION_DETAILS) >= before + 4);
            engine.stop();
            // What was claimed and not read would otherwise wait until its claim ends.
            JdbcClient.create(database)
                    .sql("update transaction_sync_state set next_poll_at = now() where next_poll_at > now()")
                    .update();
        }
        engine.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> completed() == SESSIONS);
        } finally {
            engine.stop();
        }
    }

    @Test
    void anEngineStopsWithinSecondsWhileSteveHangs() {
        steve.world().startTransaction("CP1", 1, "TAG1", Instant.now(), 0);
        steve.answersTake(Duration.ofSeconds(60));
        var engine = one.engine();
        engine.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> steve.callCount() > 0);
        var begun = System.nanoTime();
        engine.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from sync_cursor where leader is not null")
                        .query(Long.class)
                        .single())
                .as("the lease is given back")
                .isZero();
    }
}
