package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatched;
import express.polaris.sessions.events.SessionImport;
import express.polaris.stations.chargers.RemoteStartAccepted;
import express.polaris.steve.SteveCircuit;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Runs sync: one thread decides, reads run beside it. Safe on several nodes: the leader, which holds the lease,
 * discovers, and every node reads what it can claim.
 */
@Component
public class SyncEngine implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);
    private static final int PARALLEL_READS = 8;

    static final Duration LEASE = Duration.ofSeconds(8);

    private final String node = UUID.randomUUID().toString();
    private final DiscoveryRounds rounds;
    private final SyncCycle cycle;
    private final SyncCursorRepository cursors;
    private final SyncSupport support;
    private final CallBudget budget;
    private final RunRecorder recorder;
    private final Clock clock;

    private volatile Semaphore readers = new Semaphore(PARALLEL_READS);
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile Optional<ExecutorService> executor = Optional.empty();
    private volatile Optional<Thread> loop = Optional.empty();
    private volatile boolean running;
    private volatile boolean leading;

    SyncEngine(
            DiscoveryRounds rounds,
            SyncCycle cycle,
            SyncCursorRepository cursors,
            SyncSupport support,
            CallBudget budget,
            RunRecorder recorder,
            Clock clock) {
        this.rounds = rounds;
        this.cycle = cycle;
        this.cursors = cursors;
        this.support = support;
        this.budget = budget;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Further collaborators of the engine. */
    @Component
    record SyncSupport(
            SessionImport sessions,
            SessionReader reader,
            Backfill backfill,
            SteveRecovery recovery,
            SyncCleanUp cleanUp) {}

    /**
     * Starts a run at once, including the last 90 days; if another node leads, that one compares them in its next
     * round.
     *
     * @return the run, which continues after this call; empty while an operator has paused sync
     */
    public Optional<SyncRun> runNow() {
        if (cursors.isPausedByOperator()) {
            return Optional.empty();
        }
        var run = recorder.begin("operator");
        if (isRunning() && !leading) {
            cursors.wideReadIsDue();
        } else {
            rounds.askForWide();
            wake();
        }
        return Optional.of(run);
    }

    /** An operator has resumed sync: this node continues at once, the others within a second. */
    @TransactionalEventListener(fallbackExecution = true)
    void on(SyncResumed event) {
        rounds.becomeDue();
        wake();
    }

    @EventListener
    void on(SessionWatched event) {
        support.reader().forgetEmptyReads(event.id());
        if (isRunning()) {
            support.sessions().readSoon(event.id());
            discoverSoon();
        }
    }

    /** Brings discovery forward: the transaction appears once the car is plugged in. */
    @EventListener
    void on(RemoteStartAccepted event) {
        rounds.expectStart(event.chargeBox());
        if (isRunning()) {
            discoverSoon();
        }
    }

    private void discoverSoon() {
        rounds.bringForward();
        wake();
    }

    @Override
    public void start() {
        executor = Optional.of(Executors.newVirtualThreadPerTaskExecutor());
        rounds.forgetHanging();
        support.backfill().forgetHanging();
        trying.set(false);
        recorder.begin("start");
        running = true;
        loop = Optional.of(Thread.ofVirtual().name("sync").start(this::loop));
    }

    @Override
    public void stop() {
        running = false;
        loop.ifPresent(Thread::interrupt);
        executor.ifPresent(pool -> {
            pool.shutdown();
            try {
                if (loop.isPresent()) {
                    loop.get().join(SHUTDOWN);
                }
                if (!pool.awaitTermination(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
                    pool.shutdownNow();
                    if (!pool.awaitTermination(SHUTDOWN.toSeconds(), TimeUnit.SECONDS)) {
                        log.warn("Some reads did not end; their claims will expire");
                    }
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        });
        loop = Optional.empty();
        executor = Optional.empty();
        try {
            recorder.finish();
            cursors.release(node);
        } catch (DataAccessException e) {
            log.warn("Cannot release the sync lease; it will expire", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    boolean isLeading() {
        return leading;
    }

    /** Starts last and stops first, because it needs everything else. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }

    private void loop() {
        while (isRunning() && !Thread.currentThread().isInterrupted()) {
            try {
                step();
            } catch (RuntimeException | Error e) {
                leading = false;
                if (isRunning()) {
                    log.warn("A step of sync failed; continuing in a second", e);
                    LockSupport.parkNanos(LONGEST_WAIT.toNanos());
                }
            }
        }
    }

    private void step() {
        var fence = cursors.lead(node, clock.instant(), LEASE);
        leading = fence.isPresent();
        boolean paused = cursors.isPausedByOperator();
        if (!paused) {
            startWhatIsDue(fence);
        }
        recorder.flush();
        support.cleanUp().runIfDue();
        LockSupport.parkNanos((paused ? LONGEST_WAIT : untilNext()).toNanos());
    }

    private void startWhatIsDue(OptionalLong fence) {
        var pool = executor.orElseThrow(() -> new RejectedExecutionException("Sync has stopped"));
        support.recovery().look(pool, this::steveAnswersAgain);
        if (fence.isPresent()) {
            rounds.startIfDue(fence.getAsLong(), pool, this::roundEnded);
        }
        support.backfill().startIfDue(pool, this::isRunning);
        startDueReads(pool);
    }

    private void roundEnded() {
        support.backfill().becomeDue();
        wake();
    }

    private void startDueReads(Executor pool) {
        int wanted = Math.min(readers.availablePermits(), budget.available());
        if (wanted <= 0) {
            return;
        }
        switch (support.recovery().details()) {
            case OPEN -> {}
            case TRYING -> {
                if (trying.compareAndSet(false, true)) {
                    cycle.claimTrial().ifPresentOrElse(id -> startRead(id, pool, () -> trying.set(false)), () -> {
                        trying.set(false);
                        cycle.claimDue(1).forEach(id -> startRead(id, pool, () -> {}));
                    });
                }
            }
            case CLOSED -> cycle.claimDue(wanted).forEach(id -> startRead(id, pool, () -> {}));
        }
    }

    private void startRead(SessionId id, Executor pool, Runnable afterwards) {
        budget.take();
        var places = readers;
        places.acquireUninterruptibly();
        pool.execute(() -> {
            try {
                cycle.read(id);
            } finally {
                places.release();
                afterwards.run();
                wake();
            }
        });
    }

    /** Replaces the permits, so that reads which still hang occupy none. */
    private void steveAnswersAgain() {
        readers = new Semaphore(PARALLEL_READS);
        trying.set(false);
        rounds.forgetHanging();
        rounds.becomeDue();
        support.backfill().becomeDue();
        wake();
    }

    private Duration untilNext() {
        var round = leading ? rounds.untilDue() : Optional.<Duration>empty();
        var now = clock.instant();
        var read = support.sessions().nextDue().map(due -> Duration.between(now, due));
        var wait = Stream.of(round, read)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(LONGEST_WAIT);
        boolean canRead = support.recovery().details() == SteveCircuit.CLOSED
                && budget.available() > 0
                && readers.availablePermits() > 0;
        var least = canRead ? Duration.ofMillis(20) : Duration.ofMillis(100);
        return wait.compareTo(least) < 0 ? least : wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void wake() {
        loop.ifPresent(LockSupport::unpark);
    }
}
