package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.sessions.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads sessions that SteVe closed before their first read, with up to four calls at a time, outside the call budget.
 * While one answer is being stored, SteVe already works on the next. Looks for such sessions once a second, and after
 * each round of discovery.
 */
@Component
class Backfill {

    private static final Logger log = LoggerFactory.getLogger(Backfill.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int PARALLEL = 4;

    /** Few enough to be read long before the claim expires, enough to claim rarely. */
    private static final int CLAIMED_AT_ONCE = 2 * PARALLEL;

    private final SyncCycle cycle;
    private final SteveRecovery recovery;
    private final Uptime uptime;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Duration next = Duration.ZERO;
    private volatile boolean steveRests;
    private volatile Permits permits = new Permits();

    /** What may run at a time. */
    private static final class Permits {

        private final Semaphore calls = new Semaphore(PARALLEL);
        private final Semaphore reads = new Semaphore(CLAIMED_AT_ONCE);

        void take() throws InterruptedException {
            reads.acquire();
            calls.acquire();
        }
    }

    Backfill(SyncCycle cycle, SteveRecovery recovery, Uptime uptime) {
        this.cycle = cycle;
        this.recovery = recovery;
        this.uptime = uptime;
    }

    /**
     * Starts to read if it is due and not running already. It reads until nothing is left or SteVe fails.
     *
     * @param executor runs the reads
     * @param goesOn false to end early
     */
    void startIfDue(Executor executor, BooleanSupplier goesOn) {
        if (isDue() && running.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    run(executor, goesOn);
                    next = uptime.now().plus(BETWEEN_LOOKS);
                    running.set(false);
                });
            } catch (RejectedExecutionException e) {
                running.set(false);
                throw e;
            }
        }
    }

    void becomeDue() {
        next = Duration.ZERO;
    }

    /** Lets the backfill start again, even if an earlier one hangs or was interrupted: that occupies no permits. */
    void forgetHanging() {
        permits = new Permits();
        running.set(false);
    }

    private boolean isDue() {
        return uptime.now().compareTo(next) >= 0;
    }

    /** Never throws. */
    private void run(Executor executor, BooleanSupplier goesOn) {
        try {
            var taken = permits;
            steveRests = false;
            var claimed = claim();
            while (!claimed.isEmpty() && !steveRests && goesOn.getAsBoolean()) {
                for (var id : claimed) {
                    taken.take();
                    start(id, taken, executor);
                }
                claimed = steveRests ? List.of() : claim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Backfill paused", e);
        }
    }

    private void start(SessionId id, Permits taken, Executor executor) {
        executor.execute(() -> {
            try {
                if (!cycle.read(id, taken.calls::release)) {
                    steveRests = true;
                }
            } finally {
                taken.reads.release();
            }
        });
    }

    private List<SessionId> claim() {
        return switch (recovery.details()) {
            case OPEN -> List.of();
            case TRYING -> cycle.claimBackfill(1);
            case CLOSED -> cycle.claimBackfill(CLAIMED_AT_ONCE);
        };
    }
}
