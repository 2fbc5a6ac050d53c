package express.polaris.steve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs that SteVe does not answer the calls of a route, before enough of them have failed for its circuit breaker: three
 * in a row that failed, or one that has waited three seconds for its answer to begin.
 */
final class RouteSigns {

    private static final int FAILURES = 3;
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final AtomicInteger failures = new AtomicInteger();

    /** When each call that waits was sent, by {@code System.nanoTime()}. */
    private final Map<Object, Long> waiting = new ConcurrentHashMap<>();

    /**
     * Notes that a call is sent.
     *
     * @return closed by the caller as soon as the answer begins or the call fails
     */
    Waiting sent() {
        var call = new Object();
        waiting.put(call, System.nanoTime());
        return () -> waiting.remove(call);
    }

    /** A call that waits for its answer. */
    interface Waiting extends AutoCloseable {
        @Override
        void close();
    }

    void answered() {
        failures.set(0);
    }

    void failed() {
        failures.incrementAndGet();
    }

    boolean areBad() {
        return failures.get() >= FAILURES
                || waiting.values().stream().anyMatch(sent -> System.nanoTime() - sent > SLOW.toNanos());
    }

    /** What was until now says nothing any more, calls that still wait included. */
    void forget() {
        failures.set(0);
        waiting.clear();
    }
}
