package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.time.NodeTime;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.MovableDatabaseClock;
import express.polaris.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes whose machines have a wrong clock, and a database whose clock is set. */
class SetClocksTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final DataSource database = TestDatabase.fresh();
    private final MovableDatabaseClock databaseClock = new MovableDatabaseClock(database);
    private final NodeTime rightTime = new NodeTime(database, Duration.ZERO);
    private final SyncHarness right = node(rightTime);

    private SyncHarness node(NodeTime time) {
        return new SyncHarness(
                SteveSettings.of(steve.baseUrl(), "polaris", "simulated"), database, Optional.of(time.clock()));
    }

    @AfterEach
    void close() {
        right.close();
        steve.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aNodeWithAWrongClockThatIsKilledCostsOneLease(Duration ahead) {
        var wrong = node(new NodeTime(database, ahead));
        try {
            long session = charging();
            // A killed node has discovered, claimed the read, and neither renews nor releases anything.
            var fence = wrong.bean(SyncCursorRepository.class).lead("killed", SyncEngine.LEASE);
            wrong.bean(Discovery.class).run(fence.orElseThrow(), false);

            var engine = right.engine();
            engine.start();
            try {
                await().atMost(AT_MOST)
                        .until(() ->
                                engine.isLeading() && right.timeline(session).size() == 1);
            } finally {
                engine.stop();
            }
        } finally {
            wrong.close();
        }
    }

    @Test
    void aNodeWhoseClockIsAheadNeitherTakesTheLeaseNorWhatOthersRead() {
        charging();
        var wrong = node(new NodeTime(database, HOUR));
        try {
            right.bean(SyncCursorRepository.class).lead("right", SyncEngine.LEASE);
            right.bean(Discovery.class).run(1, false);
            assertThat(right.bean(SyncCycle.class).claimDue(10)).hasSize(1);

            assertThat(wrong.bean(SyncCursorRepository.class).lead("wrong", SyncEngine.LEASE))
                    .isEmpty();
            assertThat(wrong.bean(SyncCycle.class).claimDue(10)).isEmpty();
        } finally {
            wrong.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aLeaseFromBeforeTheDatabasesClockWasSetCountsForNothing(Duration by) {
        var cursors = right.bean(SyncCursorRepository.class);
        var before = cursors.lead("one", SyncEngine.LEASE);
        assertThat(cursors.lead("other", SyncEngine.LEASE)).isEmpty();
        databaseClock.move(by);
        assertThat(cursors.lead("other", SyncEngine.LEASE)).hasValue(before.orElseThrow() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aRunningNodeReadsOnAfterTheDatabasesClockWasSet(Duration by) {
        readsOn(by, engine -> {
            databaseClock.move(by);
            rightTime.read();
            return engine;
        });
    }

    @Test
    void aNodeThatIsStoppedWhileTheClockIsSetBackReadsOn() {
        readsOn(HOUR.negated(), engine -> {
            engine.stop();
            databaseClock.move(HOUR.negated());
            rightTime.read();
            var next = right.engine();
            next.start();
            return next;
        });
    }

    private void readsOn(Duration by, Function<SyncEngine, SyncEngine> set) {
        long session = charging();
        var first = right.engine();
        rightTime.onMove(first::on);
        first.start();
        var last = first;
        try {
            await().atMost(AT_MOST).until(() -> right.timeline(session).size() == 1);
            long reads = steve.callCount(CallKind.TRANSACTION_DETAILS);
            last = set.apply(first);
            await().alias("reads after the clock moved by " + by)
                    .atMost(AT_MOST)
                    .until(() -> steve.callCount(CallKind.TRANSACTION_DETAILS) > reads);
        } finally {
            last.stop();
        }
    }

    /** A live session with one reading; its next read is due in half a minute. */
    private long charging() {
        var start = Instant.now().minusSeconds(120);
        long id = steve.world().startTransaction("CP1", 1, "TAG1", start, 1000);
        steve.world().addMeterValue(id, energy(start.plusSeconds(60), 1600));
        return id;
    }
}
