package express.polaris.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import express.polaris.steve.SteveCircuit;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveLimits;
import express.polaris.steve.SteveRoute;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sync engine with its threads, with a SteVe that goes down and recovers. */
class SteveRecoveryTest {

    private static final Duration A_WHILE = Duration.ofSeconds(40);
    private static final int LIVE = 24;

    /** Longer than any wait in this test: a read that succeeds while such a call hangs did not wait for it. */
    private static final Duration CALL = Duration.ofMinutes(2);

    private static final Duration SOON = Duration.ofMillis(200);
    private static final SyncPace FAST = new SyncPace(SOON, SOON, SOON, SOON, SOON);

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final SyncHarness harness = new SyncHarness(
            SteveSettings.of(steve.baseUrl(), "polaris", "simulated")
                    .withLimits(new SteveLimits(CALL, CALL, CALL, CALL, CALL, 1 << 20, 1 << 20)),
            TestDatabase.fresh(),
            Optional.of(Clock.systemUTC()),
            FAST);
    private final SyncEngine engine = harness.engine();
    private final List<Long> ids = new ArrayList<>();

    @BeforeEach
    void start() {
        for (int i = 1; i <= LIVE; i++) {
            ids.add(steve.world()
                    .startTransaction("CP" + i, 1, "TAG1", Instant.now().minusSeconds(60), 1000));
        }
        engine.start();
        await().atMost(A_WHILE).until(() -> readSince(Instant.EPOCH) == LIVE);
    }

    @AfterEach
    void close() {
        engine.stop();
        harness.close();
        steve.close();
    }

    private int readSince(Instant instant) {
        return harness.jdbc()
                .sql("select count(*) from transaction_sync_state where last_read_at > ?")
                .param(SqlTime.utc(instant))
                .query(Integer.class)
                .single();
    }

    /** Numbers the reads from now on. A session may be read twice, once for each route that recovers. */
    private void numberReads() {
        harness.jdbc().sql("""
            create table numbered_reads (number bigint generated always as identity, session bigint);
            create function number_read() returns trigger language plpgsql as
                'begin insert into numbered_reads (session) values (new.steve_transaction_id); return null; end';
            create trigger number_read after update of last_read_at on transaction_sync_state
                for each row when (old.last_read_at is distinct from new.last_read_at) execute function number_read();
            """).update();
    }

    /** Sessions in the order of their first numbered reads. */
    private List<Long> inOrderOfReads() {
        return harness.jdbc()
                .sql("select session from numbered_reads group by session order by min(number)")
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Delays every session's next read by five minutes, as after a long outage. */
    private void everySessionWaitsLong() {
        harness.jdbc()
                .sql("update transaction_sync_state set next_poll_at = ?")
                .param(SqlTime.utc(Instant.now().plus(Duration.ofMinutes(5))))
                .update();
    }

    private void awaitCircuit(SteveRoute route, boolean closed) {
        await().atMost(A_WHILE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> (harness.bean(SteveClient.class).circuit(route) == SteveCircuit.CLOSED) == closed);
    }

    /** Waits until every session is read, long before its scheduled time. */
    private void awaitEverySessionReadSince(Instant back) {
        await().atMost(A_WHILE).pollInterval(Duration.ofMillis(50)).until(() -> readSince(back) == LIVE);
    }

    @Test
    void allLiveSessionsAreReadAtOnceWhenSteveIsBackWatchedOnesFirst() {
        steve.stop();
        awaitCircuit(SteveRoute.LISTS, false);
        everySessionWaitsLong();
        long watched = ids.getLast();
        try (var watch = harness.bean(SessionWatchers.class).watch(new SessionId(watched))) {
            numberReads();
            var back = Instant.now();
            steve.start();
            awaitEverySessionReadSince(back);
            assertThat(inOrderOfReads().indexOf(watched))
                    .as("after the one that found out, and those beside it")
                    .isBetween(0, LIVE / 2 - 1);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aRecoveredSteveIsCalledWhileOldCallsStillHang() {
        steve.fails(CallKind.TRANSACTION_DETAILS, true);
        everySessionIsDue();
        awaitCircuit(SteveRoute.DETAILS, false);
        steve.answersTake(CALL);
        steve.fails(CallKind.TRANSACTION_DETAILS, false);
        everySessionIsDue();
        awaitCallsForDetails(4); // the one trial call, and probes
        everySessionWaitsLong();
        var back = Instant.now();
        steve.answersTake(Duration.ZERO);
        awaitEverySessionReadSince(back);
    }

    /** Too few failures to open the circuit. */
    @Test
    void everySessionIsReadAtOnceAfterAFewFailedCalls() {
        steve.fails(CallKind.TRANSACTION_DETAILS, true);
        isDue(ids.subList(0, 3));
        await().atMost(A_WHILE).until(() -> failures() == 3);
        everySessionWaitsLong();
        awaitCallsForDetails(3); // probes
        assertThat(harness.bean(SteveClient.class).circuit(SteveRoute.DETAILS)).isEqualTo(SteveCircuit.CLOSED);
        var back = Instant.now();
        steve.fails(CallKind.TRANSACTION_DETAILS, false);
        awaitEverySessionReadSince(back);
    }

    /** No call has failed yet: all calls that may run concurrently hang. */
    @Test
    void theRecoveryOfSteveIsNoticedWhileEveryCallHangs() {
        steve.answersTake(CALL);
        everySessionIsDue();
        awaitCallsForDetails(8 + 3); // the hanging calls, and probes
        everySessionWaitsLong();
        var back = Instant.now();
        steve.answersTake(Duration.ZERO);
        awaitEverySessionReadSince(back);
    }

    private void isDue(List<Long> sessions) {
        harness.jdbc()
                .sql("update transaction_sync_state set next_poll_at = ? where steve_transaction_id = any(?)")
                .param(SqlTime.utc(Instant.now()))
                .param(sessions.toArray(Long[]::new))
                .update();
    }

    private void everySessionIsDue() {
        harness.jdbc()
                .sql("update transaction_sync_state set next_poll_at = ?")
                .param(SqlTime.utc(Instant.now()))
                .update();
    }

    @Test
    void failingDetailsHideNoStopAndAreReadOnceTheyRecover() {
        steve.fails(CallKind.TRANSACTION_DETAILS, true);
        everySessionIsDue();
        awaitCircuit(SteveRoute.DETAILS, false);
        steve.world().stopTransaction(ids.getFirst(), Instant.now(), 4000, Optional.of("Local"), StopActor.STATION);
        await().atMost(A_WHILE).until(() -> !harness.session(ids.getFirst()).isLive());
        assertThat(harness.bean(SteveClient.class).circuit(SteveRoute.LISTS)).isEqualTo(SteveCircuit.CLOSED);
        everySessionWaitsLong();
        long failed = failures();
        awaitCallsForDetails(1);
        assertThat(failures()).as("only what was sent counts").isLessThanOrEqualTo(failed + 3);
        assertThat(troubles()).singleElement().satisfies(trouble -> {
            assertThat(trouble.outage()).isTrue();
            assertThat(trouble.waiting()).isGreaterThan(1);
        });
        var back = Instant.now();
        steve.fails(CallKind.TRANSACTION_DETAILS, false);
        awaitEverySessionReadSince(back);
        await().atMost(A_WHILE).until(() -> troubles().isEmpty());
    }

    private List<SyncConcerns.Failing> troubles() {
        return harness.bean(SyncConcerns.class).failing(Instant.EPOCH, 100);
    }

    private void awaitCallsForDetails(int more) {
        long calls = steve.callCount(CallKind.TRANSACTION_DETAILS);
        await().atMost(A_WHILE).until(() -> steve.callCount(CallKind.TRANSACTION_DETAILS) >= calls + more);
    }

    private long failures() {
        return harness.jdbc()
                .sql("select coalesce(sum(failures), 0) from sync_reads")
                .query(Long.class)
                .single();
    }
}
