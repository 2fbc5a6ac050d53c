package express.polaris.sync;

import express.polaris.sessions.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
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
    private final Clock clock;
    private final Semaphore calls = new Semaphore(PARALLEL);
    private final Semaphore reads = new Semaphore(CLAIMED_AT_ONCE);
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Instant next = Instant.EPOCH;
    private volatile boolean steveRests;

    Backfill(SyncCycle cycle, SteveRecovery recovery, Clock clock) {
        this.cycle = cycle;
        this.recovery = recovery;
        this.clock = clock;
    }

    /**
     * Starts to read if it is due and not running already. It reads until nothing is left or SteVe fails.
     *
     * @param executor runs the reads
     * @param goesOn false to end early
     */
    void startIfDue(Executor executor, BooleanSupplier goesOn) {
        if (isDue() && running.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    run(executor, goesOn);
                } finally {
                    next = clock.instant().plus(BETWEEN_LOOKS);
                    running.set(false);
                }
            });
        }
    }

    void becomeDue() {
        next = Instant.EPOCH;
    }

    /** Lets the backfill start again, even if an earlier one hangs. */
    void forgetHanging() {
        running.set(false);
    }

    private boolean isDue() {
        return !clock.instant().isBefore(next);
    }

    /** Never throws. */
    private void run(Executor executor, BooleanSupplier goesOn) {
        try {
            steveRests = false;
            var claimed = claim();
            while (!claimed.isEmpty() && !steveRests && goesOn.getAsBoolean()) {
                for (var id : claimed) {
                    reads.acquire();
                    calls.acquire();
                    executor.execute(() -> {
                        try {
                            if (!cycle.read(id, calls::release)) {
                                steveRests = true;
                            }
                        } finally {
                            reads.release();
                        }
                    });
                }
                claimed = steveRests ? List.of() : claim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Backfill paused", e);
        }
    }

    private List<SessionId> claim() {
        return switch (recovery.details()) {
            case OPEN -> List.of();
            case TRYING -> cycle.claimBackfill(1);
            case CLOSED -> cycle.claimBackfill(CLAIMED_AT_ONCE);
        };
    }
}
