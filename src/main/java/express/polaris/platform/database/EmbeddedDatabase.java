package express.polaris.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * PostgreSQL server that belongs to this process and stores its data in a directory.
 *
 * <p>The directory is locked for the lifetime of the process. A killed process leaves its server running; the next
 * process on the same directory stops that server, then starts its own, which recovers from the write-ahead log.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofMinutes(2);

    private final DirectoryLock lock;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(DirectoryLock lock, EmbeddedPostgres server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server; the first start creates its data.
     *
     * @throws IllegalStateException when another process uses the directory
     * @throws UncheckedIOException when the directory is not writable or the server does not start
     */
    public static EmbeddedDatabase start(Path dataDirectory) {
        try {
            var directory = new DataDirectory(dataDirectory);
            var lock = directory.lock();
            directory.takeRestoredCluster();
            directory.stopLeftBehind();
            return new EmbeddedDatabase(lock, startServer(directory.cluster()));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + dataDirectory + " did not start", e);
        }
    }

    public String jdbcUrl() {
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
                // Bounds what the archive of the write-ahead log holds back if it cannot be written.
                .setServerConfig("max_slot_wal_keep_size", "1GB")
                .start();
    }
}
