package express.polaris.sync;

import static express.polaris.demo.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.LongReadings;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails if SteVe's answers are buffered in memory, or if too many large ones are processed at once. */
class LongImportMemoryTest {

    private static final int LONG_SESSIONS = 6;

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final PortalProcess portal;

    LongImportMemoryTest(@TempDir Path directory) {
        portal = new PortalProcess(steve, directory);
    }

    @AfterEach
    void close() throws Exception {
        portal.close();
        steve.close();
    }

    /** 36 hours of nine values every 10 s are 116,640 rows, 20.7 MB. */
    @Test
    void sixSessionsOf36HoursAndALiveOneFitIntoTheDefaultHeap() throws IOException {
        var now = Instant.now();
        for (int i = 1; i <= LONG_SESSIONS; i++) {
            var readings = new LongReadings(now.minus(Duration.ofHours(48 + i)), Duration.ofHours(36), 1_000);
            long id = steve.world().startTransaction("LONG" + i, 1, "TAG" + i, readings.start(), 1_000);
            steve.world().readings(id, readings);
            steve.world()
                    .stopTransaction(
                            id, readings.stop(), 1_000 + readings.wattHours(), Optional.of("Local"), StopActor.STATION);
        }
        long live = steve.world().startTransaction("CP1", 1, "TAG", now.minus(Duration.ofMinutes(10)), 5_000);
        for (int i = 1; i <= 10; i++) {
            steve.world().addMeterValue(live, energy(now.minusSeconds(300 - 30L * i), 5_000 + 50L * i));
        }
        portal.start();
        await().atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        energyOf("last_read_at is not null and energy_wh > 0").contains(live + "=500"));
        steve.world().stopTransaction(live, Instant.now(), 5_600, Optional.of("Local"), StopActor.STATION);
        await().atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> energyOf("latest_is_final").split(" ", -1).length == LONG_SESSIONS + 1);
        assertThat(energyOf("latest_is_final"))
                .isEqualTo("1=64800 2=64800 3=64800 4=64800 5=64800 6=64800 7=600"); // 12,960 × 5
        assertThat(errors()).doesNotContain(SyncReason.STEVE_UNREACHABLE.name(), SyncReason.NO_MEMORY.name());
        assertThat(portal.log()).doesNotContain("OutOfMemoryError");
    }

    /** Maps session ids to their energy in Wh. */
    private String energyOf(String condition) throws IOException {
        return portal.rows("select 0, coalesce(string_agg(steve_transaction_id || '=' || trunc(energy_wh), ' '"
                        + " order by steve_transaction_id), '') from transaction_sync_state where " + condition)
                .map(rows -> rows.getOrDefault(0L, ""))
                .orElse("");
    }

    private String errors() throws IOException {
        return portal.rows("select 0, coalesce(string_agg(coalesce(fault::text, reason), ' '), '') from sync_errors")
                .map(rows -> rows.getOrDefault(0L, ""))
                .orElseThrow();
    }
}
