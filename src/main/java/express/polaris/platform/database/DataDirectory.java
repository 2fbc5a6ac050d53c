package express.polaris.platform.database;

import express.polaris.platform.settings.Settings.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data directory of this installation: the files of the embedded server, and what a restore leaves beside them.
 *
 * @param path absolute
 */
public record DataDirectory(Path path) {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(30);
    private static final int LINE_OF_PORT = 3;

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** Files of the embedded server, "cluster" in PostgreSQL's words. */
    public Path cluster() {
        return path.resolve("postgresql");
    }

    /** Place of a restored cluster that has been checked and is not in use yet. */
    public Path restoredCluster() {
        return path.resolve("postgresql.restored");
    }

    /** Whether a process, this one included, uses the directory. */
    public boolean isInUse() throws IOException {
        try (var lock = DirectoryLock.tryLock(path).orElse(null)) {
            return lock == null;
        }
    }

    /**
     * Locks the directory.
     *
     * @throws IllegalStateException when another process uses it
     */
    public DirectoryLock lock() throws IOException {
        return DirectoryLock.tryLock(path)
                .orElseThrow(() -> new IllegalStateException("Another Polaris Express is already running on " + path
                        + "; stop it, or give this one its own directory (POLARIS_DATA_DIRECTORY)"));
    }

    /**
     * Puts a restored cluster in the place of the present one, which is kept under another name. A restore that was
     * interrupted at this step is completed by the next start. The caller holds the lock.
     *
     * @return where the former cluster is; empty if there was none or nothing was restored
     */
    public Optional<Path> takeRestoredCluster() throws IOException {
        if (!Files.isDirectory(restoredCluster())) {
            return Optional.empty();
        }
        stopLeftBehind();
        Optional<Path> former = Optional.empty();
        if (Files.isDirectory(cluster())) {
            var kept = unused("postgresql.before-restore");
            Files.move(cluster(), kept, StandardCopyOption.ATOMIC_MOVE);
            former = Optional.of(kept);
        }
        Files.move(restoredCluster(), cluster(), StandardCopyOption.ATOMIC_MOVE);
        return former;
    }

    private Path unused(String name) {
        int number = 1;
        while (Files.exists(path.resolve(name + "-" + number))) {
            number++;
        }
        return path.resolve(name + "-" + number);
    }

    /** Access to the server that runs on the cluster, whichever process has started it; empty if none does. */
    public Optional<DatabaseAccess> running() throws IOException {
        var lines = pidFile();
        return server(lines).isEmpty() || lines.size() <= LINE_OF_PORT
                ? Optional.empty()
                : Optional.of(new DatabaseAccess(
                        "jdbc:postgresql://localhost:" + lines.get(LINE_OF_PORT).strip() + "/postgres?user=postgres",
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Stops a server that a killed process left behind. The caller holds the lock. */
    void stopLeftBehind() throws IOException {
        var server = server(pidFile());
        if (server.isEmpty()) {
            Files.deleteIfExists(cluster().resolve("postmaster.pid"));
            return;
        }
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
    }

    private List<String> pidFile() throws IOException {
        try {
            return Files.readAllLines(cluster().resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Optional<ProcessHandle> server(List<String> pidFile) {
        return pidFile.stream()
                .findFirst()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .flatMap(text -> ProcessHandle.of(Long.parseLong(text)))
                .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    }
}
