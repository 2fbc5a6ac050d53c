package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatchers;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.RemoteStartAccepted;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.TestDatabase;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How soon SteVe is asked for readings that are awaited, and how rarely for others. */
class AwaitedReadingsTest {

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();

    @AfterEach
    void close() {
        steve.close();
    }

    private void reading(long id, Instant at, long wattHours) {
        steve.world().addMeterValue(id, SimulatedMeterValue.energy(at, wattHours));
    }

    private static Duration untilNextRead(SyncHarness harness, long id) {
        var next = harness.jdbc()
                .sql("select next_poll_at from transaction_sync_state where steve_transaction_id = ?")
                .param(id)
                .query(Timestamp.class)
                .single();
        return Duration.between(harness.clock.instant(), next.toInstant());
    }

    @Test
    void aRemotelyStartedSessionIsReadEveryTwoSecondsEvenUnwatched() {
        var settings = SteveSettings.of(steve.baseUrl(), "polaris", "simulated");
        try (var harness = new SyncHarness(settings, TestDatabase.fresh(), Optional.of(Clock.systemUTC()))) {
            var engine = harness.engine();
            engine.start();
            try {
                await().until(() -> harness.bean(SyncStateReader.class)
                        .now()
                        .lastDiscoveryAt()
                        .isPresent());
                engine.on(new RemoteStartAccepted(new ChargeBoxId("cp1")));
                long id = steve.world().startTransaction("CP1", 1, "TAG1", Instant.now(), 1000);
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> harness.isKnown(id)
                                && harness.bean(TransactionSyncReader.class)
                                        .of(new SessionId(id))
                                        .flatMap(TransactionSync::lastReadAt)
                                        .isPresent());
                reading(id, Instant.now(), 1010);
                await().atMost(Duration.ofSeconds(4))
                        .until(() -> harness.session(id).energy().isPositive());
            } finally {
                engine.stop();
            }
        }
    }

    @Test
    void aSessionWithSlowAnswersIsReadLessOftenUnlessWatched() {
        try (var harness = new SyncHarness(steve.baseUrl())) {
            long id = steve.world().startTransaction("CP1", 1, "TAG1", NOON.minusSeconds(600), 1000);
            for (int i = 0; i < 50; i++) {
                reading(id, NOON.minusSeconds(600 - 10 * i), 1000 + 10 * i);
            }
            harness.sync();
            assertThat(untilNextRead(harness, id)).isLessThan(Duration.ofSeconds(45));
            steve.answersTake(CallKind.TRANSACTION_DETAILS, Duration.ofSeconds(3));
            harness.clock.advance(Duration.ofMinutes(1));
            harness.readDue();
            // 19 × 3 s
            assertThat(untilNextRead(harness, id)).isGreaterThanOrEqualTo(Duration.ofSeconds(57));
            try (var watch = harness.bean(SessionWatchers.class).watch(new SessionId(id))) {
                assertThat(watch).isNotNull();
                harness.clock.advance(Duration.ofMinutes(2));
                harness.readDue();
                assertThat(untilNextRead(harness, id)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(31));
            }
        }
    }
}
