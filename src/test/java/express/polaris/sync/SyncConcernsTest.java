package express.polaris.sync;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.testing.StoredSessions;
import express.polaris.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Unresolved errors of sync, and its lag. */
class SyncConcernsTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final SyncFault DOWN = SyncFault.of(SyncReason.STEVE_UNREACHABLE.with(), "no connection");

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.freshPool());
    private final StoredSessions stored = new StoredSessions(jdbc);
    private final SyncConcerns concerns = new SyncConcerns(jdbc);
    private final SyncRunRepository runs = new SyncRunRepository(jdbc);
    private final long run = runs.begin("schedule", ago(60)).id();

    private static Instant ago(long minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private void error(Optional<Long> transaction, String words, long minutesAgo) {
        error(transaction, SyncFault.of(SyncReason.WORDS.with(words)), minutesAgo);
    }

    private void error(Optional<Long> transaction, SyncFault fault, long minutesAgo) {
        runs.addError(run, transaction, fault, ago(minutesAgo));
    }

    private void discovered(long minutesAgo) {
        jdbc.sql("update sync_cursor set last_discovery_at = ?")
                .param(SqlTime.utc(ago(minutesAgo)))
                .update();
    }

    @Test
    void anErrorOfATransactionEndsOnceItIsRead() {
        long id = stored.completed("anna", Optional.empty(), ago(300), "4");
        error(Optional.of(id), "first", 30);
        error(Optional.of(id), "second", 20);
        stored.set(id, "last_read_at", ago(40));
        assertThat(concerns.failing(ago(1000), 10)).singleElement().satisfies(failing -> {
            assertThat(failing.transaction()).contains(id);
            assertThat(failing.fault().english()).isEqualTo("second");
            assertThat(failing.times()).isEqualTo(2);
            assertThat(failing.first()).isEqualTo(ago(30));
            assertThat(failing.run()).isEqualTo(run);
        });
        stored.set(id, "last_read_at", ago(10));
        assertThat(concerns.failing(ago(1000), 10)).isEmpty();
    }

    @Test
    void onlyADifferentReasonGivesAnErrorANewVersion() {
        error(Optional.of(99L), "cannot be read", 30);
        var before = concerns.failing(ago(1000), 10).getFirst().version();
        error(Optional.of(99L), "cannot be read", 20);
        assertThat(concerns.failing(ago(1000), 10).getFirst().version()).isEqualTo(before);
        error(Optional.of(99L), "is another one's", 10);
        assertThat(concerns.failing(ago(1000), 10).getFirst().version()).isNotEqualTo(before);
    }

    @Test
    void anOutageEndsWithASuccessfulDiscoveryAndTheNextOneIsNew() {
        discovered(60);
        error(Optional.empty(), DOWN, 30);
        var first = concerns.failing(ago(1000), 10).getFirst().version();
        discovered(20);
        assertThat(concerns.failing(ago(1000), 10)).isEmpty();
        error(Optional.empty(), DOWN, 10);
        assertThat(concerns.failing(ago(1000), 10)).singleElement().satisfies(failing -> {
            assertThat(failing.times()).isEqualTo(1);
            assertThat(failing.version()).isNotEqualTo(first);
        });
    }

    @Test
    void anOutageIsOneErrorForAllWaitingTransactions() {
        for (int i = 0; i < 3; i++) {
            long id = stored.open("anna", Optional.empty(), ago(300));
            stored.set(id, "last_read_at", ago(40));
            error(Optional.of(id), SyncFault.of(SyncReason.STEVE_TIMEOUT.with(), "GET /transactions/" + id), 30 - i);
        }
        assertThat(concerns.failing(ago(1000), 10))
                .as("details alone")
                .singleElement()
                .satisfies(failing -> {
                    assertThat(failing.outage()).isTrue();
                    assertThat(failing.waiting()).isEqualTo(3);
                    assertThat(failing.first()).isEqualTo(ago(30));
                });
        error(Optional.empty(), DOWN, 25);
        error(Optional.empty(), SyncFault.of(SyncReason.STEVE_RESTS.with()), 24);
        error(Optional.of(99L), "cannot be read", 20);
        assertThat(concerns.failing(ago(1000), 10)).hasSize(2).anySatisfy(failing -> {
            assertThat(failing.outage()).isTrue();
            assertThat(failing.fault().wording().reason()).isEqualTo(SyncReason.STEVE_RESTS);
            assertThat(failing.times()).isEqualTo(5);
        });
    }

    @Test
    void aSingleFailingTransactionIsNotAnOutage() {
        long bad = stored.open("anna", Optional.empty(), ago(300));
        long worse = stored.open("anna", Optional.empty(), ago(300));
        long good = stored.open("anna", Optional.empty(), ago(300));
        error(Optional.of(bad), SyncFault.of(SyncReason.STEVE_SERVER_ERROR.with(), "GET /transactions/1"), 30);
        error(Optional.of(worse), SyncFault.of(SyncReason.STEVE_SERVER_ERROR.with(), "GET /transactions/2"), 20);
        stored.set(good, "last_read_at", ago(10));
        assertThat(concerns.failing(ago(1000), 10)).hasSize(2).noneMatch(SyncConcerns.Failing::outage);
    }

    @Test
    void tooManyVanishedTransactionsAreReportedOnlyByThePause() {
        error(Optional.empty(), SyncFault.of(SyncReason.VANISHED.with(7, 9)), 30);
        assertThat(concerns.failing(ago(1000), 10)).isEmpty();
    }

    @Test
    void anUnreadableRowStaysReportedWhileDiscoverySucceeds() {
        error(Optional.empty(), SyncFault.of(SyncReason.ROW_UNREADABLE.with(), "no id"), 30);
        discovered(10);
        assertThat(concerns.failing(ago(1000), 10)).hasSize(1);
    }

    @Test
    void vanishedTransactionsAndReusedIdsAreNotAlsoReportedAsErrors() {
        long gone = stored.completed("anna", Optional.empty(), ago(300), "4");
        stored.set(gone, "gone_from_steve_at", ago(30));
        error(Optional.of(gone), "is not in SteVe any more", 30);
        long reused = stored.completed("anna", Optional.empty(), ago(300), "4");
        new SyncReads(jdbc).conflict(new SessionId(reused), SyncFault.of(SyncReason.WORDS.with("another charge box")));
        error(Optional.of(reused), "another charge box", 30);
        assertThat(concerns.failing(ago(1000), 10)).isEmpty();
        assertThat(concerns.reusedIds(10)).singleElement().satisfies(conflict -> {
            assertThat(conflict.session().value()).isEqualTo(reused);
            assertThat(conflict.fault().english()).isEqualTo("another charge box");
        });
    }

    @Test
    void theLagCoversDiscoveryAndTheLongestOverdueLiveRead() {
        assertThat(concerns.lag(NOW).discoveredAt()).isEmpty();
        discovered(3);
        long open = stored.open("anna", Optional.empty(), ago(100));
        stored.set(open, "next_poll_at", ago(5));
        long history = stored.open("anna", Optional.empty(), ago(1000));
        stored.close(history, ago(900), "4");
        stored.set(history, "next_poll_at", ago(50));
        var lag = concerns.lag(NOW);
        assertThat(lag.discoveredAt()).contains(ago(3));
        assertThat(lag.overdueSince()).contains(ago(5));
        assertThat(lag.waiting()).isEqualTo(1);
        assertThat(lag.ownPause()).isEmpty();
    }

    @Test
    void anOperatorsPauseIsReportedWithItsReason() {
        long operator = stored.driver("Olga");
        jdbc.sql(
                        "update sync_cursor set operator_paused_at = ?, operator_paused_by = ?, operator_paused_why = 'Upgrade'")
                .param(SqlTime.utc(ago(5)))
                .param(operator)
                .update();
        assertThat(concerns.lag(NOW).stopped()).contains(new SyncConcerns.Stop(ago(5), "Upgrade"));
    }
}
