package express.polaris.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.PortalProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview and the health page of an installation on its embedded database know its backups. */
class BackupPagesTest {

    @Test
    void theFirstStepIsDoneOnceABackupWasMadeAndFailsIfTheBackupsCannotBeListed(@TempDir Path directory)
            throws Exception {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new PortalProcess(steve, directory)) {
            portal.start();
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                portal.requireAlive();
                assertThat(portal.rows("select 0, count(*) from accounts where role = 'OPERATOR'"))
                        .contains(Map.of(0L, "1"));
            });
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> portal.signedIn(PortalProcess.OPERATOR)
                                    .get("/operator")
                                    .statusCode()
                            == 200);
            var operator = portal.signedIn(PortalProcess.OPERATOR);
            assertThat(operator.get("/operator").body()).contains("No backup has been made yet.");
            assertThat(operator.get("/operator/health").body())
                    .contains("No backup has been made yet.", "The first one is made a few minutes after the start.");
            assertThat(operator.post("/operator/health/backup", Map.of())
                            .headers()
                            .firstValue("Location"))
                    .contains("/operator/health?done=backup-begun#backups");
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() ->
                            assertThat(operator.get("/operator").body()).contains("the next one follows at night."));
            assertThat(operator.get("/operator/health").body()).contains("Last backed up", "Directory");

            Files.createDirectories(directory.resolve("data/backups/2026-01-01T033000Z/manifest.json"));
            assertThat(operator.get("/operator").body()).contains("Backing up failed on");
            assertThat(operator.get("/operator/health").body())
                    .contains(
                            "Backing up failed on",
                            "cannot be listed",
                            "Check the space and the permissions of the directory below.");
        }
    }
}
