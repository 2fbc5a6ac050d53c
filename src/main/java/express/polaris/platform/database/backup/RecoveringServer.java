package express.polaris.platform.database.backup;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Server that recovers a restored cluster and stops again. What it needs of the write-ahead log lies in {@code pg_wal}
 * already, so its {@code restore_command} finds nothing; recovery from an archive is asked for nevertheless, because it
 * begins a new timeline, whose files nobody confuses with those of the former one (PostgreSQL documentation,
 * "Timelines").
 */
final class RecoveringServer {

    /** Major version of PostgreSQL that this portal brings. */
    static final int POSTGRES_MAJOR = 18;

    /** The log of a day is recovered in minutes. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String NOTHING = "false";

    private RecoveringServer() {}

    /**
     * Result of a recovery.
     *
     * @param asOf commit of the last transaction that was recovered
     */
    record Recovered<T>(Optional<Instant> asOf, T answer) {}

    static <T> Recovered<T> recover(Path cluster, Backup backup, Restore.Target target, Restore.Query<T> query)
            throws IOException, SQLException {
        var log = cluster.resolve("recovery.log");
        Recovered<T> recovered;
        try (var server = start(cluster, target, log);
                var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement()) {
            recovered = new Recovered<>(lastCommit(connection), query.ask(connection));
            // Stopping the server has little left to write then; it must end in time.
            statement.execute("checkpoint");
        } catch (Stopped stopped) {
            throw new BackupFailed(reason(stopped.log, backup, target));
        }
        if (Files.exists(cluster.resolve("postmaster.pid"))) {
            throw new IOException("The database server of the restored database did not stop");
        }
        Files.deleteIfExists(log);
        return recovered;
    }

    private static Optional<Instant> lastCommit(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_last_xact_replay_timestamp()")) {
            row.next();
            return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        }
    }

    private static EmbeddedPostgres start(Path cluster, Restore.Target target, Path log) throws IOException, Stopped {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(LONGEST)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60")
                .setServerConfig("lc_messages", "C")
                // Connections are refused until recovery has ended.
                .setServerConfig("hot_standby", "off")
                .setServerConfig("restore_command", NOTHING)
                .setServerConfig("recovery_target_timeline", "current")
                .setServerConfig("recovery_target_action", "promote");
        switch (target) {
            case Restore.Target.EndOfBackup() -> builder.setServerConfig("recovery_target", "immediate");
            // The server does not know names of zones yet, such as Z, when it reads its command line.
            case Restore.Target.Time(var at) ->
                builder.setServerConfig("recovery_target_time", at.toString().replace("Z", "+00"));
            case Restore.Target.Latest() -> {}
        }
        var start = new FutureTask<>(builder::start);
        var thread = Thread.ofPlatform().name("recovery").daemon().start(start);
        while (true) {
            try {
                return start.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                requireRunning(log, thread);
            } catch (ExecutionException e) {
                throw new IOException("The restored database did not start", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the restored database was recovering", e);
            }
        }
    }

    private static void requireRunning(Path log, Thread thread) throws IOException, Stopped {
        if (!Files.exists(log)) {
            return;
        }
        var lines = Files.readAllLines(log);
        if (lines.stream()
                .anyMatch(line ->
                        line.endsWith("database system is shut down") || line.endsWith("could not start server"))) {
            thread.interrupt();
            throw new Stopped(lines);
        }
    }

    private static String reason(List<String> log, Backup backup, Restore.Target target) {
        if (target instanceof Restore.Target.Time(var at)
                && log.stream().anyMatch(line -> line.contains("recovery ended before configured recovery target"))) {
            var last = log.stream()
                    .filter(line -> line.contains("last completed transaction was at log time "))
                    .map(line -> line.replaceFirst(".*at log time ", ""))
                    .findFirst();
            return "The archive of the write-ahead log does not reach " + at
                    + last.map(time -> "; its last transaction is of " + time).orElse("")
                    + ". Give an earlier time, or \"--to latest\" for everything that is in it";
        }
        var faults = log.stream()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                .filter(line -> !line.contains("the database system is"))
                .map(line -> line.replaceFirst(".*(FATAL|PANIC): +", ""))
                .toList();
        return "The backup " + backup.name() + " did not recover: " + String.join("; ", faults);
    }

    /** The server ended while it was recovering. */
    private static final class Stopped extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<String> log;

        Stopped(List<String> log) {
            super("The server ended");
            this.log = List.copyOf(log);
        }
    }
}
