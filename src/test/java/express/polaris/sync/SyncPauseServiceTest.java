package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.AuditLog;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's pause, which holds on all nodes, and the automatic pause of sync. */
class SyncPauseServiceTest {

    private static final Instant START = NOON.minus(Duration.ofMinutes(30));

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final DataSource database = TestDatabase.fresh();

    @AfterEach
    void close() {
        steve.close();
    }

    private SyncHarness node() {
        return new SyncHarness(
                SteveSettings.of(steve.baseUrl(), "polaris", "simulated"), database, Optional.of(Clock.systemUTC()));
    }

    private static List<String> audited(SyncHarness node) {
        return node.bean(AuditLog.class).page(Optional.empty(), 10).stream()
                .map(entry -> entry.action() + " " + entry.details())
                .toList();
    }

    @Test
    void noNodeCallsSteveDuringAPauseAndOneResumesAtOnce() {
        try (var one = node();
                var other = node()) {
            var ada = one.driver("Ada");
            assertThat(one.bean(SyncPauseService.class).pause(ada, "SteVe is being updated"))
                    .isTrue();
            assertThat(other.bean(SyncPauseService.class).pause(ada, "Again")).isFalse();
            var pause = other.bean(SyncStateReader.class).now().operatorPause().orElseThrow();
            assertThat(pause.why()).isEqualTo("SteVe is being updated");
            assertThat(pause.by()).isEqualTo(ada);
            long id = steve.world()
                    .startTransaction("CP1", 1, "TAG1", Instant.now().minusSeconds(60), 1000);
            var engines = List.of(one.engine(), other.engine());
            engines.forEach(SyncEngine::start);
            try {
                assertThat(engines.getFirst().runNow()).isEmpty();
                // Once their leases are renewed, both engines have gone through several cycles.
                var leased = leasedUntil(one);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> leasedUntil(one).isAfter(leased.plusSeconds(3)));
                assertThat(one.bean(SteveClient.class).callsMade()).isZero();
                assertThat(other.bean(SteveClient.class).callsMade()).isZero();
                assertThat(one.bean(SyncPauseService.class).resume(ada)).isTrue();
                assertThat(one.bean(SyncPauseService.class).resume(ada)).isFalse();
                await().atMost(Duration.ofSeconds(20)).until(() -> one.isKnown(id));
            } finally {
                engines.forEach(SyncEngine::stop);
            }
            assertThat(one.bean(SyncStateReader.class).now().lastDiscoveryAt()).isPresent();
            assertThat(audited(one))
                    .containsExactly("sync.resume {}", "sync.pause {\"reason\": \"SteVe is being updated\"}");
        }
    }

    private static Instant leasedUntil(SyncHarness node) {
        return node.jdbc()
                .sql("select coalesce(leader_until, 'epoch') from sync_cursor")
                .query((row, number) ->
                        row.getObject(1, java.time.OffsetDateTime.class).toInstant())
                .single();
    }

    private void thirtyStopped() {
        for (int i = 0; i < 30; i++) {
            long id = steve.world().startTransaction("CP1", 1, "TAG1", START.plusSeconds(i), 0);
            steve.world().stopTransaction(id, NOON, 1000, Optional.empty(), StopActor.STATION);
        }
    }

    @Test
    void acceptedVanishedSessionsAreClosedAndFurtherOnesPauseSyncAgain() {
        try (var harness = new SyncHarness(steve.baseUrl())) {
            var ada = harness.driver("Ada");
            thirtyStopped();
            long gone = steve.world().startTransaction("CP2", 1, "GONE", START, 0);
            long goneToo = steve.world().startTransaction("CP3", 1, "GONE", START, 0);
            long later = steve.world().startTransaction("CP4", 1, "LATER", START, 0);
            long laterToo = steve.world().startTransaction("CP5", 1, "LATER", START, 0);
            harness.sync(true);
            var pauses = harness.bean(SyncPauseService.class);
            assertThat(pauses.acceptVanished(ada, "Nothing to accept")).isFalse();

            steve.world().deleteTag("GONE"); // 2 of 34, over 5 %
            harness.syncFor(Duration.ofHours(3), Duration.ofMinutes(20));
            assertThat(harness.session(gone).goneFromSteveAt()).isEmpty();
            assertThat(harness.bean(SyncStateReader.class)
                            .now()
                            .ownPause()
                            .orElseThrow()
                            .english())
                    .contains("2 of 34");

            assertThat(pauses.acceptVanished(ada, "The tag was deleted on purpose"))
                    .isTrue();
            assertThat(harness.bean(SyncStateReader.class).now().ownPause()).isEmpty();
            harness.syncFor(Duration.ofHours(3), Duration.ofMinutes(20));
            assertThat(harness.session(gone).goneFromSteveAt()).isPresent();
            assertThat(harness.session(goneToo).goneFromSteveAt()).isPresent();
            assertThat(harness.bean(SyncStateReader.class).now().ownPause()).isEmpty();
            assertThat(audited(harness).getFirst())
                    .startsWith("sync.accept-vanished")
                    .contains("The tag was deleted on purpose", "\"transactions\": 2");

            steve.world().deleteTag("LATER"); // 2 of 32
            harness.syncFor(Duration.ofHours(3), Duration.ofMinutes(20));
            assertThat(harness.bean(SyncStateReader.class).now().ownPause()).isPresent();
            assertThat(harness.session(later).goneFromSteveAt()).isEmpty();
            assertThat(harness.session(laterToo).goneFromSteveAt()).isEmpty();
        }
    }
}
