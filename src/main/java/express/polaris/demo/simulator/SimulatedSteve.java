package express.polaris.demo.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Simulated SteVe: its REST API over real HTTP on 127.0.0.1, backed by a {@link SteveWorld}.
 *
 * <p>It can be stopped and started again with the same port and world, like a restart of SteVe.
 */
public final class SimulatedSteve implements AutoCloseable {

    /** How long SteVe waits for a station that does not answer. */
    public static final Duration STEVE_ANSWER_WAIT = Duration.ofSeconds(30);

    private static final String USERNAME = "polaris";
    private static final String PASSWORD = "simulated";

    private final SteveWorld world;
    private final SteveHandler handler;
    private int port;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService executor;

    /** Creates a SteVe with an empty world. */
    public SimulatedSteve(Clock clock) {
        this(new SteveWorld(clock));
    }

    public SimulatedSteve(SteveWorld world) {
        this(world, STEVE_ANSWER_WAIT);
    }

    /** @param answerWait how long an operation waits for a {@link ChargeBoxBehaviour#SILENT} station */
    public SimulatedSteve(SteveWorld world, Duration answerWait) {
        this.world = world;
        this.handler = new SteveHandler(world, new SignIn(USERNAME, PASSWORD), answerWait);
    }

    /**
     * Starts answering; does nothing when already started.
     *
     * @throws UncheckedIOException when the port of the first start is no longer free
     */
    public synchronized SimulatedSteve start() {
        if (server != null) {
            return this;
        }
        try {
            var created = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            executor = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("simulated-steve-", 0).factory());
            created.setExecutor(executor);
            created.createContext("/", handler);
            created.start();
            port = created.getAddress().getPort();
            server = created;
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated SteVe cannot listen on 127.0.0.1:" + port, e);
        }
    }

    /** Refuses connections and cuts open ones. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    /**
     * Base URL for the portal's settings: {@code http://127.0.0.1:port/steve}. The port is known after the first start.
     */
    public synchronized URI baseUrl() {
        if (port == 0) {
            throw new IllegalStateException("The simulated SteVe has no port before its first start");
        }
        return URI.create("http://127.0.0.1:" + port + "/steve");
    }

    public String username() {
        return USERNAME;
    }

    public String password() {
        return PASSWORD;
    }

    public SteveWorld world() {
        return world;
    }

    /** Number of calls of every kind so far. */
    public long callCount() {
        return handler.callCount();
    }

    /** Number of calls of that kind so far. */
    public long callCount(CallKind kind) {
        return handler.callCount(kind);
    }

    /** While true, every authorised call gets the 500 of a SteVe that has lost its database. */
    public void databaseDown(boolean down) {
        handler.databaseDown(down);
    }

    /** Sets the minimum duration of authorised calls whose kind has none of its own. */
    public void answersTake(Duration delay) {
        handler.delay(delay);
    }

    /** Sets the minimum duration of authorised calls of that kind, regardless of the general one. */
    public void answersTake(CallKind kind, Duration delay) {
        handler.delay(kind, delay);
    }

    /** While true, authorised calls of that kind get SteVe's 500. */
    public void fails(CallKind kind, boolean fails) {
        handler.fail(kind, fails);
    }
}
