package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.SessionImport;
import express.polaris.steve.SteveCircuit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Claims sessions whose read is due and reads them, up to eight at a time and within the call budget. While the circuit
 * breaker for details waits for a trial call, one read at a time tries whether SteVe answers.
 */
@Component
class DueReads {

    private static final int PARALLEL = 8;

    /** Reads are scheduled at most this far ahead, except those that wait for a held reading. */
    private static final Duration LONGEST_RHYTHM = Duration.ofMinutes(15);

    /** Nodes agree on the time to within this, even as they start. */
    private static final Duration NODES_APART = Duration.ofSeconds(2);

    private final SessionImport sessions;
    private final SessionReader reader;
    private final SyncCycle cycle;
    private final CallBudget budget;
    private final SteveRecovery recovery;
    private final Clock clock;

    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile Semaphore permits = new Semaphore(PARALLEL);

    DueReads(
            SessionImport sessions,
            SessionReader reader,
            SyncCycle cycle,
            CallBudget budget,
            SteveRecovery recovery,
            Clock clock) {
        this.sessions = sessions;
        this.reader = reader;
        this.cycle = cycle;
        this.budget = budget;
        this.recovery = recovery;
        this.clock = clock;
    }

    /**
     * Starts as many due reads as may be sent now.
     *
     * @param ended runs after each read
     */
    void start(Executor executor, Runnable ended) {
        int wanted = mayStart();
        if (wanted <= 0) {
            return;
        }
        switch (recovery.details()) {
            case OPEN -> {}
            case TRYING -> {
                if (trying.compareAndSet(false, true)) {
                    startTrial(executor, ended);
                }
            }
            case CLOSED -> startDue(wanted, executor, ended);
        }
    }

    /** Whether a read that becomes due can start at once. */
    boolean canStart() {
        return recovery.details() == SteveCircuit.CLOSED && mayStart() > 0;
    }

    /** Time until the next read is due, zero or negative if one is; empty if none is scheduled. */
    Optional<Duration> untilDue() {
        var now = clock.instant();
        return sessions.nextDue().map(due -> Duration.between(now, due));
    }

    /** Makes the read of a live session due at once. */
    void readSoon(SessionId id) {
        sessions.readSoon(id);
    }

    /**
     * Makes reads due at once that were scheduled before the clock was set back.
     *
     * @param by how far the clock was set back
     */
    void bringForward(Duration by) {
        sessions.readSoonUntil(clock.instant().plus(by).plus(LONGEST_RHYTHM));
    }

    /** If sync last worked in what is the future now, the clock was set back meanwhile: its reads become due. */
    void lastDiscoveryWas(Instant at) {
        var ahead = Duration.between(clock.instant(), at);
        if (ahead.compareTo(NODES_APART) > 0) {
            bringForward(ahead);
        }
    }

    /** Judges the rhythm of a session from scratch. */
    void forgetEmptyReads(SessionId id) {
        reader.forgetEmptyReads(id);
    }

    /** Lets further reads start, even if earlier ones hang: those occupy no permits, and none is the trial. */
    void forgetHanging() {
        permits = new Semaphore(PARALLEL);
        trying.set(false);
    }

    private int mayStart() {
        return Math.min(permits.availablePermits(), budget.available());
    }

    private void startTrial(Executor executor, Runnable ended) {
        Optional<SessionId> claimed;
        try {
            claimed = cycle.claimTrial();
        } catch (RuntimeException e) {
            trying.set(false);
            throw e;
        }
        claimed.ifPresentOrElse(
                id -> start(id, executor, () -> {
                    trying.set(false);
                    ended.run();
                }),
                () -> {
                    trying.set(false);
                    startDue(1, executor, ended);
                });
    }

    private void startDue(int limit, Executor executor, Runnable ended) {
        cycle.claimDue(limit).forEach(id -> start(id, executor, ended));
    }

    private void start(SessionId id, Executor executor, Runnable ended) {
        budget.take();
        var taken = permits;
        taken.acquireUninterruptibly();
        try {
            executor.execute(() -> {
                try {
                    cycle.read(id);
                } finally {
                    taken.release();
                    ended.run();
                }
            });
        } catch (RejectedExecutionException e) {
            taken.release();
            throw e;
        }
    }
}
