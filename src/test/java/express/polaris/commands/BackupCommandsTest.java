package express.polaris.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.PolarisExpress;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of backups as processes, beside a running portal and without one. */
class BackupCommandsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private final Path directory;
    private final PortalProcess portal;

    BackupCommandsTest(@TempDir Path directory) {
        this.directory = directory;
        portal = new PortalProcess(
                steve, directory, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dbackup.first-run=PT10H"));
    }

    @AfterEach
    void close() throws Exception {
        portal.close();
        steve.close();
    }

    @Test
    void aRunningPortalIsBackedUpAndAStoppedOneRestored() throws Exception {
        portal.start();
        awaitAccounts(1);

        var killed = start("backup");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !partial().isEmpty());
        killed.destroyForcibly().waitFor();
        assertThat(partial()).as("killed in the middle").hasSize(1);
        assertThat(run("backups").out()).contains("No backup in " + backups());

        var made = run("backup");
        assertThat(made).as(made.err()).extracting(Result::code).isEqualTo(0);
        assertThat(made.out()).containsPattern("^Backup \\S+Z: [0-9.]+ MB in " + backups());
        assertThat(partial()).isEmpty();
        var name = made.out().split("[ :]")[1];
        assertThat(run("backups").out()).startsWith(name + "  by hand  ");

        portal.rows("insert into accounts (email, name, role, locale, time_zone, created_at)"
                + " values ('later@example.org', 'Later', 'DRIVER', 'en', 'UTC', now()) returning id, email");
        awaitAccounts(2);
        var refused = run("restore", name);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).startsWith("Another Polaris Express is already running on ");

        portal.close();
        var cold = run("backup");
        assertThat(cold).as(cold.err()).extracting(Result::code).isEqualTo(0);
        var restored = run("restore", name);
        assertThat(restored).as(restored.err()).extracting(Result::code).isEqualTo(0);
        assertThat(restored.out())
                .startsWith("Restored the backup " + name)
                .contains(": 0 sessions, 0 invoices")
                .contains("The former database is in " + directory.resolve("data/postgresql.before-restore-1"));
        portal.start();
        awaitAccounts(1);
    }

    @Test
    void wrongArgumentsAreSaidAndChangeNothing() throws Exception {
        var none = run("backup");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("has no database yet");
        assertThat(run("restore").code()).isEqualTo(2);
        var time = run("restore", "2026-11-30T033000Z", "--to", "yesterday");
        assertThat(time.code()).isEqualTo(2);
        assertThat(time.err()).startsWith("Usage: restore NAME");
        assertThat(time.out()).isEmpty();
    }

    private void awaitAccounts(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> portal.rows("select 0, count(*) from accounts")
                        .equals(Optional.of(Map.of(0L, String.valueOf(count)))));
    }

    private Path backups() {
        return directory.resolve("data/backups");
    }

    private List<Path> partial() throws IOException {
        if (Files.notExists(backups())) {
            return List.of();
        }
        try (var entries = Files.list(backups())) {
            return entries.filter(entry -> entry.getFileName().toString().endsWith("Z.partial"))
                    .toList();
        }
    }

    private record Result(int code, String out, String err) {}

    private Result run(String... arguments) throws Exception {
        var process = start(arguments);
        var err = directory.resolve("command.err");
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private Process start(String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder =
                new ProcessBuilder(Stream.concat(Stream.of(java, PolarisExpress.class.getName()), Stream.of(arguments))
                        .toList());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("POLARIS_") || name.startsWith("SPRING_"));
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put("POLARIS_STEVE_BASE_URL", steve.baseUrl().toString());
        environment.put("POLARIS_STEVE_USERNAME", steve.username());
        environment.put("POLARIS_STEVE_PASSWORD", steve.password());
        environment.put("POLARIS_DATA_DIRECTORY", directory.resolve("data").toString());
        return builder.redirectError(directory.resolve("command.err").toFile()).start();
    }
}
