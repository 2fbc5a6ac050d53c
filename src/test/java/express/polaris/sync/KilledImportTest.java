package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the application, a process on its embedded database, in the middle of its first import. */
class KilledImportTest {

    private static final int TRANSACTIONS = 300;
    private static final int READINGS = 30;

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final PortalProcess portal;

    KilledImportTest(@TempDir Path directory) {
        portal = new PortalProcess(steve, directory);
    }

    @AfterEach
    void close() throws Exception {
        portal.close();
        steve.close();
    }

    @Test
    void aKilledImportLosesAndDuplicatesNothing() throws Exception {
        fillSteve();
        steve.answersTake(Duration.ofMillis(60));
        int imported = 0;
        for (int kill = 0; kill < 2; kill++) {
            portal.start();
            int before = imported;
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        portal.requireAlive();
                        return completed() > before;
                    });
            imported = completed();
            portal.kill();
            assertThat(imported).as("killed in the middle").isBetween(1, TRANSACTIONS - 1);
        }
        steve.answersTake(Duration.ZERO);
        portal.start();
        claimsExpire();
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    portal.requireAlive();
                    assertThat(completed()).as(portal.log()).isEqualTo(TRANSACTIONS);
                });
        var expected = new HashMap<Long, String>();
        steve.world().transactions().forEach(transaction -> {
            long wattHours = transaction.id() + READINGS * 50L;
            expected.put(transaction.id(), told(READINGS + 1, wattHours));
        });
        assertThat(sums()).isEqualTo(expected);
    }

    /** Each session has a unique energy: 50 Wh per reading plus its id in Wh at the stop, at most 36 kW. */
    private void fillSteve() {
        var start = Instant.now().minus(Duration.ofDays(3));
        for (int i = 1; i <= TRANSACTIONS; i++) {
            var from = start.plusSeconds(60L * i);
            long id = steve.world().startTransaction("CP" + i % 7, 1, "TAG" + i % 5, from, 1000);
            for (int reading = 1; reading <= READINGS; reading++) {
                steve.world().addMeterValue(id, energy(from.plusSeconds(60L * reading), 1000 + 50L * reading));
            }
            long stop = 1000 + 50L * READINGS + id;
            steve.world()
                    .stopTransaction(
                            id, from.plusSeconds(60L * READINGS + 30), stop, Optional.of("Local"), StopActor.STATION);
        }
    }

    /** As half a minute after the last kill: the reads that it interrupted can be claimed again. */
    private void claimsExpire() {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> portal.rows("""
                    with expired as (update transaction_sync_state set next_poll_at = now()
                                      where next_poll_at > now() returning steve_transaction_id)
                    select 0, count(*) from expired
                    """).isPresent());
    }

    /** Number of sessions with their final event; 0 while the database is unavailable. */
    private int completed() throws IOException {
        return portal.rows("select 0, count(*) from synced_transaction_events where is_final")
                .map(rows -> Integer.parseInt(rows.getOrDefault(0L, "0")))
                .orElse(0);
    }

    private Map<Long, String> sums() throws IOException {
        return portal.rows("""
            select steve_transaction_id, count(*) || ' events, ' || cast(sum(kwh_delta) * 1000 as bigint) || ' Wh'
              from synced_transaction_events group by 1
            """).orElseThrow();
    }

    private static String told(int events, long wattHours) {
        return events + " events, " + wattHours + " Wh";
    }
}
