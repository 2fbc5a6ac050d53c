package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.steve.SteveCircuit;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveRoute;
import express.polaris.steve.SteveUnavailable;
import express.polaris.steve.TransactionFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which reads are due, and to whom: one node reads a session at a time. */
class ClaimsTest {

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final SyncHarness harness = new SyncHarness(steve.baseUrl());
    private final SyncCycle cycle = harness.bean(SyncCycle.class);

    @AfterEach
    void close() {
        harness.close();
        steve.close();
    }

    /** Fails if the reads of a killed node are lost, or if two nodes read a session at once. */
    @Test
    void aReadThatNeverEndsCanBeClaimedAgainAfterHalfAMinute() {
        long live = steve.world().startTransaction("CP1", 1, "TAG1", NOON.minusSeconds(60), 0);
        harness.discover(false);
        assertThat(cycle.claimDue(10)).containsExactly(new SessionId(live));
        harness.clock.advance(Duration.ofSeconds(29));
        assertThat(cycle.claimDue(10)).isEmpty();
        harness.clock.advance(Duration.ofSeconds(1));
        assertThat(cycle.claimDue(10)).containsExactly(new SessionId(live));
    }

    @Test
    void soCanTheFirstReadOfASessionThatWasOverWhenItWasFound() {
        var start = NOON.minus(Duration.ofHours(3));
        long over = steve.world().startTransaction("CP1", 1, "TAG1", start, 0);
        steve.world().stopTransaction(over, start.plusSeconds(600), 500, Optional.of("Local"), StopActor.STATION);
        harness.discover(false);
        assertThat(cycle.claimBackfill(10)).containsExactly(new SessionId(over));
        harness.clock.advance(Duration.ofSeconds(29));
        assertThat(cycle.claimBackfill(10)).isEmpty();
        harness.clock.advance(Duration.ofSeconds(1));
        assertThat(cycle.claimBackfill(10)).containsExactly(new SessionId(over));
    }

    /** Fails if each sign of one recovery makes SteVe answer for all live sessions again. */
    @Test
    void oneRecoveryOfListsMakesLiveReadsDueOnce() {
        steve.world().startTransaction("CP1", 1, "TAG1", NOON.minusSeconds(60), 0);
        harness.sync();
        var recovery = harness.bean(SteveRecovery.class);
        steve.stop();
        await().until(() -> !listsAnswer() && !isClosed());
        recovery.discoveryFailed();
        recovery.look(task -> {}, () -> {});
        steve.start();
        await().until(() -> listsAnswer() && isClosed());

        everyReadWaits();
        recovery.look(task -> {}, () -> {});
        assertThat(cycle.claimDue(10)).hasSize(1);
        everyReadWaits();
        recovery.discoverySucceeded();
        assertThat(cycle.claimDue(10)).isEmpty();
    }

    private boolean isClosed() {
        return harness.bean(SteveClient.class).circuit(SteveRoute.LISTS) == SteveCircuit.CLOSED;
    }

    private boolean listsAnswer() {
        try {
            harness.bean(SteveClient.class).transactions(TransactionFilter.active());
            return true;
        } catch (SteveUnavailable e) {
            return false;
        }
    }

    private void everyReadWaits() {
        harness.jdbc()
                .sql("update transaction_sync_state set next_poll_at = ?")
                .param(SqlTime.utc(harness.clock.instant().plus(Duration.ofMinutes(5))))
                .update();
    }
}
