package express.polaris.stations.chargers;

import express.polaris.platform.time.Uptime;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveValues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Checks whether SteVe still has a live transaction, so that the place shown for it is right. Best effort: a recent
 * read counts as confirmation; otherwise one call with a small time budget serves all viewers, and its result is kept
 * for a while, so that a page never waits for a SteVe that is down.
 */
@Component
public class LiveLocation implements AutoCloseable {

    private static final Duration RECENT = Duration.ofSeconds(60);
    private static final Duration BUDGET = Duration.ofMillis(300);
    private static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(30);

    private final SteveClient steve;
    private final Clock clock;
    private final Uptime uptime;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();

    LiveLocation(SteveClient steve, Clock clock, Uptime uptime) {
        this.steve = steve;
        this.clock = clock;
        this.uptime = uptime;
    }

    private record Asked(CompletableFuture<Boolean> answer, Duration at) {}

    /**
     * Whether the transaction was read within the last 60 s, or SteVe confirms it within the budget.
     *
     * @param transactionId a transaction that the caller may see
     * @param lastReadAt when SteVe last answered about it
     */
    public boolean isConfirmed(long transactionId, Optional<Instant> lastReadAt) {
        var recent = clock.instant().minus(RECENT);
        if (lastReadAt.filter(at -> at.isAfter(recent)).isPresent()) {
            return true;
        }
        var now = uptime.now();
        asked.values().removeIf(call -> call.at().plus(FAILURE_REMEMBERED).compareTo(now) < 0);
        var call = asked.computeIfAbsent(transactionId, id -> new Asked(ask(id), now));
        try {
            return call.answer().get(waitFor(call, now).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }

    /** What is left of the call's budget; a caller who comes later does not extend it. */
    private static Duration waitFor(Asked call, Duration now) {
        var left = BUDGET.minus(now.minus(call.at()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private CompletableFuture<Boolean> ask(long id) {
        return CompletableFuture.supplyAsync(
                () -> steve.transaction(id, true, SteveValues.NONE).isPresent(), calls);
    }
}
