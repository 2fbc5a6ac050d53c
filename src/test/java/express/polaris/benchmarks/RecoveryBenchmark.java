package express.polaris.benchmarks;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.platform.sql.SqlTime;
import express.polaris.steve.SteveSettings;
import express.polaris.sync.SyncHarness;
import express.polaris.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Measures the time from SteVe's recovery until every live session is read, after several kinds of outage that begin
 * when all sessions are due.
 */
final class RecoveryBenchmark {

    private static final int LIVE = 20;
    private static final int ROUNDS = 3;
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private RecoveryBenchmark() {}

    private interface Switch {
        void turn(SimulatedSteve steve, boolean away);
    }

    static void run() throws InterruptedException {
        System.out.printf(
                "%n%d live sessions, SteVe away for %d s, %d rounds: seconds until all were read%n",
                LIVE, OUTAGE.toSeconds(), ROUNDS);
        measure("away", (steve, away) -> {
            if (away) {
                steve.stop();
            } else {
                steve.start();
            }
        });
        measure("details fail", (steve, away) -> steve.fails(CallKind.TRANSACTION_DETAILS, away));
        measure("hangs", (steve, away) -> steve.answersTake(away ? Duration.ofMinutes(2) : Duration.ZERO));
    }

    private static void measure(String kind, Switch outage) throws InterruptedException {
        try (var steve = new SimulatedSteve(Clock.systemUTC())) {
            steve.start();
            var harness = new SyncHarness(
                    SteveSettings.of(steve.baseUrl(), "polaris", "simulated"),
                    TestDatabase.fresh(),
                    Optional.of(Clock.systemUTC()));
            var engine = harness.engine();
            for (int i = 1; i <= LIVE; i++) {
                steve.world().startTransaction("CP" + i, 1, "TAG", Instant.now().minusSeconds(60), 1_000);
            }
            engine.start();
            awaitAllRead(harness, Instant.EPOCH);
            var seconds = new StringBuilder();
            for (int round = 0; round < ROUNDS; round++) {
                outage.turn(steve, true);
                harness.jdbc()
                        .sql("update transaction_sync_state set next_poll_at = now()")
                        .update();
                Thread.sleep(OUTAGE);
                var back = Instant.now();
                outage.turn(steve, false);
                awaitAllRead(harness, back);
                seconds.append(
                        "%8.1f".formatted(Duration.between(back, Instant.now()).toMillis() / 1e3));
            }
            engine.stop();
            harness.close();
            System.out.printf("%-16s%s%n", kind, seconds);
        }
    }

    private static void awaitAllRead(SyncHarness harness, Instant since) throws InterruptedException {
        while (harness.jdbc()
                        .sql("select count(*) from transaction_sync_state where last_read_at > ?")
                        .param(SqlTime.utc(since))
                        .query(Integer.class)
                        .single()
                < LIVE) {
            Thread.sleep(20);
        }
    }
}
