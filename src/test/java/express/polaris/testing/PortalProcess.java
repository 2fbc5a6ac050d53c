package express.polaris.testing;

import express.polaris.PolarisExpress;
import express.polaris.demo.simulator.SimulatedSteve;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The application as a separate process on its embedded database, with the documented heap size. */
public final class PortalProcess implements AutoCloseable {

    public static final String OPERATOR = "first@operator.example";
    public static final String PASSWORD = "correct horse battery";

    private static final List<String> OPTIONS = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final SimulatedSteve steve;
    private final Path directory;
    private final List<String> options;
    private Optional<Process> running = Optional.empty();
    private int port;

    /**
     * @param directory of the database and the log
     */
    public PortalProcess(SimulatedSteve steve, Path directory) {
        this(steve, directory, OPTIONS);
    }

    /**
     * @param directory of the database and the log
     * @param options of Java
     */
    public PortalProcess(SimulatedSteve steve, Path directory, List<String> options) {
        this.options = options;
        this.steve = steve;
        this.directory = directory;
    }

    public void start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(PolarisExpress.class.getName());
        port = freePort();
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("POLARIS_") || name.startsWith("SPRING_"));
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        environment.put("POLARIS_STEVE_BASE_URL", steve.baseUrl().toString());
        environment.put("POLARIS_STEVE_USERNAME", steve.username());
        environment.put("POLARIS_STEVE_PASSWORD", steve.password());
        environment.put("POLARIS_DATA_DIRECTORY", directory.resolve("data").toString());
        environment.put("POLARIS_OPERATOR_EMAIL", OPERATOR);
        environment.put("POLARIS_OPERATOR_PASSWORD", PASSWORD);
        environment.put("POLARIS_SETTINGS_FILE", "");
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        running = Optional.of(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start());
    }

    /** Kills the process at once, as in a power failure. */
    public void kill() throws InterruptedException {
        running.orElseThrow().destroyForcibly().waitFor();
    }

    public int port() {
        return port;
    }

    public long pid() {
        return running.orElseThrow().pid();
    }

    /** Base URL of its pages and its API. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** A browser signed in with this address. */
    public Browser signedIn(String email) {
        var browser = new Browser(address());
        browser.get("/sign-in");
        browser.post("/sign-in", Map.of("email", email, "password", PASSWORD));
        return browser;
    }

    public String log() throws IOException {
        return Files.readString(logFile());
    }

    /**
     * @throws IllegalStateException with its log if the process has ended unexpectedly
     */
    public void requireAlive() throws IOException {
        if (!running.orElseThrow().isAlive()) {
            throw new IllegalStateException("The application has ended:\n" + log());
        }
    }

    /** JDBC URL of its database; empty until that has started. */
    public Optional<String> databaseUrl() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(directory.resolve("data/postgresql/postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return lines.size() < 4
                ? Optional.empty()
                : Optional.of("jdbc:postgresql://localhost:" + lines.get(3).strip() + "/postgres?user=postgres");
    }

    /**
     * Queries its database.
     *
     * @param sql selects a number and a text
     * @return empty while the database is unavailable or not yet migrated
     */
    public Optional<Map<Long, String>> rows(String sql) throws IOException {
        requireAlive();
        var url = databaseUrl();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try (var connection = DriverManager.getConnection(url.get());
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

    @Override
    public void close() throws InterruptedException {
        if (running.isPresent()) {
            running.get().destroy();
            if (!running.get().waitFor(20, TimeUnit.SECONDS)) {
                running.get().destroyForcibly();
            }
        }
    }

    private Path logFile() {
        return directory.resolve("log");
    }

    /** A port that the system gives to nobody by itself, so that it is still free when the process listens. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(20_000, 32_000)
                .filter(PortalProcess::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
