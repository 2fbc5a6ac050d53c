package express.polaris.sync;

import static express.polaris.simulator.SimulatedMeterValue.energy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.PolarisExpress;
import express.polaris.simulator.SimulatedSteve;
import express.polaris.simulator.StopActor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as a process of its own on its embedded database, killed in the middle of its first import. */
class KilledImportTest {

    private static final int TRANSACTIONS = 300;
    private static final int READINGS = 30;

    private final SimulatedSteve steve = new SimulatedSteve(Clock.systemUTC()).start();
    private Optional<Process> running = Optional.empty();

    @TempDir
    Path directory;

    @AfterEach
    void close() throws Exception {
        if (running.isPresent()) {
            running.get().destroy();
            if (!running.get().waitFor(20, TimeUnit.SECONDS)) {
                running.get().destroyForcibly();
            }
        }
        steve.close();
    }

    @Test
    void nothingIsLostAndNothingDoubled() throws Exception {
        fillSteve();
        steve.answersTake(Duration.ofMillis(60));
        int imported = 0;
        for (int kill = 0; kill < 2; kill++) {
            start();
            int before = imported;
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> completed() > before);
            imported = completed();
            running.orElseThrow().destroyForcibly().waitFor();
            assertThat(imported).as("killed in the middle").isBetween(1, TRANSACTIONS - 1);
        }
        steve.answersTake(Duration.ZERO);
        start();
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> completed() == TRANSACTIONS);
        var expected = new HashMap<Long, String>();
        steve.world().transactions().forEach(transaction -> {
            long wattHours = 100 * transaction.id() + READINGS * 50L;
            expected.put(transaction.id(), told(READINGS + 1, wattHours));
        });
        assertThat(sums()).isEqualTo(expected);
    }

    /** Each has its own number of Wh: 50 a reading, and 100 times its id with the stop. */
    private void fillSteve() {
        var start = Instant.now().minus(Duration.ofDays(3));
        for (int i = 1; i <= TRANSACTIONS; i++) {
            var from = start.plusSeconds(60L * i);
            long id = steve.world().startTransaction("CP" + i % 7, 1, "TAG" + i % 5, from, 1000);
            for (int reading = 1; reading <= READINGS; reading++) {
                steve.world().addMeterValue(id, energy(from.plusSeconds(60L * reading), 1000 + 50L * reading));
            }
            long stop = 1000 + 50L * READINGS + 100 * id;
            steve.world()
                    .stopTransaction(
                            id, from.plusSeconds(60L * READINGS + 30), stop, Optional.of("Local"), StopActor.STATION);
        }
    }

    private void start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java, "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", PolarisExpress.class.getName());
        var builder = new ProcessBuilder(new ArrayList<>(command));
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("POLARIS_") || name.startsWith("SPRING_"));
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put("POLARIS_STEVE_BASE_URL", steve.baseUrl().toString());
        environment.put("POLARIS_STEVE_USERNAME", steve.username());
        environment.put("POLARIS_STEVE_PASSWORD", steve.password());
        environment.put("POLARIS_DATA_DIRECTORY", directory.resolve("data").toString());
        environment.put("POLARIS_OPERATOR_EMAIL", "first@operator.example");
        environment.put("POLARIS_OPERATOR_PASSWORD", "correct horse battery");
        environment.put("SERVER_PORT", String.valueOf(freePort()));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        running = Optional.of(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How many sessions have their final event; 0 while the database is not there. */
    private int completed() throws IOException {
        if (!running.orElseThrow().isAlive()) {
            throw new IllegalStateException(
                    "The application has ended:\n" + Files.readString(directory.resolve("log")));
        }
        return rows("select 0, count(*) from synced_transaction_events where is_final")
                .map(rows -> Integer.parseInt(rows.getOrDefault(0L, "0")))
                .orElse(0);
    }

    private Map<Long, String> sums() throws IOException {
        return rows("""
            select steve_transaction_id, count(*) || ' events, ' || cast(sum(kwh_delta) * 1000 as bigint) || ' Wh'
              from synced_transaction_events group by 1
            """).orElseThrow();
    }

    private static String told(int events, long wattHours) {
        return events + " events, " + wattHours + " Wh";
    }

    private Optional<Map<Long, String>> rows(String sql) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(directory.resolve("data/postgresql/postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() < 4) {
            return Optional.empty();
        }
        var url = "jdbc:postgresql://localhost:" + lines.get(3).strip() + "/postgres?user=postgres";
        try (var connection = DriverManager.getConnection(url);
                var result = connection.createStatement().executeQuery(sql)) {
            var rows = new HashMap<Long, String>();
            while (result.next()) {
                rows.put(result.getLong(1), result.getString(2));
            }
            return Optional.of(rows);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
