package express.polaris.simulator;

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
 * A SteVe that is not there: its REST API over real HTTP on 127.0.0.1, answered from a {@link SteveWorld}.
 *
 * <p>It can be stopped and started again: port and world stay, as when SteVe restarts.
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

    /** A SteVe with an empty world. */
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
     * Answers from now on; does nothing if it does already.
     *
     * @throws UncheckedIOException when the port of the first start is taken by now
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

    /** Refuses connections from now on; open ones are cut. */
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

    /** What a portal is configured with: {@code http://127.0.0.1:port/steve}. The port is known after the first start. */
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

    /** Calls answered so far, of every kind. */
    public long callCount() {
        return handler.callCount();
    }

    /** Calls of that kind answered so far. */
    public long callCount(CallKind kind) {
        return handler.callCount(kind);
    }

    /** While true, every authorised call gets the 500 of a SteVe that has lost its database. */
    public void databaseDown(boolean down) {
        handler.databaseDown(down);
    }

    /** Every authorised call takes at least that long from now on. */
    public void answersTake(Duration delay) {
        handler.delay(delay);
    }

    /** Authorised calls of that kind take at least that long from now on, whatever others do. */
    public void answersTake(CallKind kind, Duration delay) {
        handler.delay(kind, delay);
    }

    /** While true, authorised calls of that kind end with SteVe's 500. */
    public void fails(CallKind kind, boolean fails) {
        handler.fail(kind, fails);
    }
}
