package express.polaris.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of one test, which can be stopped and started again, or frozen so that it accepts and hangs. */
public final class OwnDatabase implements AutoCloseable {

    private final Path directory;
    private EmbeddedPostgres server;
    private final int port;
    private List<ProcessHandle> frozen = List.of();

    /**
     * @param directory of its data
     */
    public OwnDatabase(Path directory) throws IOException {
        this.directory = directory.resolve("postgresql");
        this.server = builder().start();
        this.port = server.getPort();
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** Stops the server: connections are refused. */
    public void stop() throws IOException {
        server.close();
    }

    /** Starts the server again, on the same data and port. */
    public void start() throws IOException {
        server = builder().setPort(port).start();
    }

    /** Suspends all processes of the server: connections are accepted, and nothing is answered. */
    public void freeze() throws IOException, InterruptedException {
        var pid = Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid"))
                .getFirst()
                .strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        signal("STOP", List.of(postmaster));
        frozen = Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        signal("STOP", frozen);
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT", frozen);
        frozen = List.of();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thaw();
        server.close();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "off");
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (var process : processes) {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
    }
}
