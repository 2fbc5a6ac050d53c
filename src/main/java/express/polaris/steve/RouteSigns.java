package express.polaris.steve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Early signs of trouble on a route, before its circuit breaker opens: three consecutive failures, or a call that has
 * waited three seconds for its answer to begin.
 */
final class RouteSigns {

    private static final int FAILURES = 3;
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final AtomicInteger failures = new AtomicInteger();

    /** Send time of each waiting call, by {@code System.nanoTime()}. */
    private final Map<Object, Long> waiting = new ConcurrentHashMap<>();

    /**
     * Registers a call that is being sent.
     *
     * @return to be closed by the caller when the answer begins or the call fails
     */
    Waiting sent() {
        var call = new Object();
        waiting.put(call, System.nanoTime());
        return () -> waiting.remove(call);
    }

    /** Call that waits for its answer. */
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

    /** Discards all signs, including those of calls still waiting. */
    void forget() {
        failures.set(0);
        waiting.clear();
    }
}
