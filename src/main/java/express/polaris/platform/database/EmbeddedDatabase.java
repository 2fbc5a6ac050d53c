package express.polaris.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL server that belongs to this process and stores its data in a directory.
 *
 * <p>The directory is locked for the lifetime of the process. A killed process leaves its server running; the next
 * process on the same directory stops that server, then starts its own, which recovers from the write-ahead log.
 */
final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STARTUP = Duration.ofMinutes(2);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);

    private final FileChannel lock;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(FileChannel lock, EmbeddedPostgres server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server; the first start creates its data.
     *
     * @throws IllegalStateException when another process uses the directory
     * @throws UncheckedIOException when the directory is not writable or the server does not start
     */
    static EmbeddedDatabase start(Path dataDirectory) {
        try {
            Files.createDirectories(dataDirectory);
            var lock = lock(dataDirectory);
            var cluster = dataDirectory.resolve("postgresql").toAbsolutePath();
            stopLeftBehind(cluster);
            return new EmbeddedDatabase(lock, startServer(cluster));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + dataDirectory + " did not start", e);
        }
    }

    String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
        lock.close();
    }

    private static EmbeddedPostgres startServer(Path cluster) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("random_page_cost", "1.1")
                .start();
    }

    private static FileChannel lock(Path dataDirectory) throws IOException {
        var channel =
                FileChannel.open(dataDirectory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held by another instance in this process: same answer as for another process
        }
        channel.close();
        throw new IllegalStateException(
                "Another Polaris Express is already running on " + dataDirectory.toAbsolutePath()
                        + "; stop it, or give this one its own directory (POLARIS_DATA_DIRECTORY)");
    }

    private static void stopLeftBehind(Path cluster) throws IOException {
        var pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var server = runningServer(pidFile);
        if (server.isPresent()) {
            log.info(
                    "Stopping the database server {} that a killed process left behind",
                    server.get().pid());
            server.get().destroy();
            try {
                server.get().onExit().get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new IOException("Database server " + server.get().pid() + " did not stop; stop it manually", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while a database server was stopping", e);
            }
        } else {
            Files.delete(pidFile);
        }
    }

    private static Optional<ProcessHandle> runningServer(Path pidFile) throws IOException {
        var pid = Files.readAllLines(pidFile).stream().findFirst().map(String::strip);
        return pid.filter(text -> text.matches("\\d{1,18}"))
                .flatMap(text -> ProcessHandle.of(Long.parseLong(text)))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    }
}
