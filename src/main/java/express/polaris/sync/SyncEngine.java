package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionWatched;
import express.polaris.sessions.events.SessionImport;
import express.polaris.stations.chargers.RemoteStartAccepted;
import express.polaris.steve.SteveCircuit;
import express.polaris.steve.SteveUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration DISCOVER_OFTEN = Duration.ofSeconds(5);
    private static final Duration DISCOVER_RARELY = Duration.ofSeconds(60);
    private static final Duration DISCOVER_AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);
    private static final int PARALLEL_READS = 8;

    static final Duration LEASE = Duration.ofSeconds(8);

    private final String node = UUID.randomUUID().toString();
    private final Discovery discovery;
    private final SyncCycle cycle;
    private final SyncCursorRepository cursors;
    private final SyncSupport support;
    private final CallBudget budget;
    private final RunRecorder recorder;
    private final Clock clock;

    private volatile Semaphore readers = new Semaphore(PARALLEL_READS);
    private final AtomicBoolean wideAskedFor = new AtomicBoolean();
    private final AtomicBoolean discovering = new AtomicBoolean();
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile Optional<ExecutorService> executor = Optional.empty();
    private volatile Optional<Thread> loop = Optional.empty();
    private volatile boolean running;
    private volatile Instant nextDiscovery = Instant.EPOCH;
    private volatile Duration quiet = DISCOVER_OFTEN;
    private volatile boolean leading;

    SyncEngine(
            Discovery discovery,
            SyncCycle cycle,
            SyncCursorRepository cursors,
            SyncSupport support,
            CallBudget budget,
            RunRecorder recorder,
            Clock clock) {
        this.discovery = discovery;
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
            ExpectedStarts expected,
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
            wideAskedFor.set(true);
            nextDiscovery = Instant.EPOCH;
            wake();
        }
        return Optional.of(run);
    }

    /** An operator has resumed sync: this node continues at once, the others within a second. */
    @TransactionalEventListener(fallbackExecution = true)
    void on(SyncResumed event) {
        nextDiscovery = Instant.EPOCH;
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
        support.expected().expect(event.chargeBox());
        if (isRunning()) {
            discoverSoon();
        }
    }

    private void discoverSoon() {
        quiet = DISCOVER_OFTEN;
        var soon = clock.instant().plus(DISCOVER_AGAIN);
        nextDiscovery = soon.isBefore(nextDiscovery) ? soon : nextDiscovery;
        wake();
    }

    @Override
    public void start() {
        executor = Optional.of(Executors.newVirtualThreadPerTaskExecutor());
        discovering.set(false);
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
        var now = clock.instant();
        var fence = cursors.lead(node, now, LEASE);
        leading = fence.isPresent();
        boolean paused = cursors.isPausedByOperator();
        if (!paused) {
            startWhatIsDue(now, fence);
        }
        recorder.flush();
        support.cleanUp().runIfDue();
        LockSupport.parkNanos((paused ? LONGEST_WAIT : untilNext()).toNanos());
    }

    private void startWhatIsDue(Instant now, OptionalLong fence) {
        var pool = executor.orElseThrow(() -> new RejectedExecutionException("Sync has stopped"));
        support.recovery().look(pool, this::steveAnswersAgain);
        if (leading && !now.isBefore(nextDiscovery) && discovering.compareAndSet(false, true)) {
            pool.execute(() -> discover(fence));
        }
        support.backfill().startIfDue(pool, this::isRunning);
        startDueReads(pool);
    }

    private void discover(OptionalLong fence) {
        boolean wide = wideAskedFor.getAndSet(false);
        boolean done = false;
        boolean away = false;
        boolean goesOn = false;
        try {
            var round = discovery.run(fence.getAsLong(), wide);
            goesOn = round.goesOn();
            boolean busy = round.isActive() || !support.expected().awaited().isEmpty();
            quiet = support.expected().areAny() ? DISCOVER_AGAIN : busy ? DISCOVER_OFTEN : longer(quiet);
            done = true;
            support.recovery().discoverySucceeded();
        } catch (SteveUnavailable e) {
            recorder.error(Optional.empty(), SyncFault.of(e));
            away = e.saysThatSteveIsAway();
            if (away) {
                support.recovery().discoveryFailed();
            } else {
                quiet = longer(quiet);
            }
        } catch (RuntimeException e) {
            log.error("Discovery failed", e);
            recorder.error(Optional.empty(), SyncFault.of(SyncReason.DISCOVERY_FAILED.with()));
            quiet = longer(quiet);
        } finally {
            boolean atOnce = goesOn || wideAskedFor.get() && !away;
            if (wide && !done) {
                wideAskedFor.set(true);
            }
            nextDiscovery = atOnce ? Instant.EPOCH : clock.instant().plus(away ? DISCOVER_AGAIN : quiet);
            support.backfill().becomeDue();
            discovering.set(false);
            wake();
        }
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
        discovering.set(false);
        trying.set(false);
        nextDiscovery = Instant.EPOCH;
        support.backfill().becomeDue();
        wake();
    }

    private Duration untilNext() {
        var now = clock.instant();
        var latest = now.plus(LONGEST_WAIT);
        var discovery = leading && !discovering.get() ? nextDiscovery : latest;
        var next = support.sessions()
                .nextDue()
                .filter(due -> due.isBefore(discovery))
                .orElse(discovery);
        var wait = Duration.between(now, next);
        boolean canRead = support.recovery().details() == SteveCircuit.CLOSED
                && budget.available() > 0
                && readers.availablePermits() > 0;
        var least = canRead ? Duration.ofMillis(20) : Duration.ofMillis(100);
        return wait.compareTo(least) < 0 ? least : wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void wake() {
        loop.ifPresent(LockSupport::unpark);
    }

    private static Duration longer(Duration wait) {
        var doubled = wait.multipliedBy(2);
        return doubled.compareTo(DISCOVER_RARELY) < 0 ? doubled : DISCOVER_RARELY;
    }
}
