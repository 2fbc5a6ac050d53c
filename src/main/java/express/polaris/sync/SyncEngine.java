package express.polaris.sync;

import express.polaris.platform.time.ClockMoved;
import express.polaris.sessions.SessionWatched;
import express.polaris.stations.chargers.RemoteStartAccepted;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Runs sync: one thread decides, reads run beside it. Safe on several nodes: the leader, which holds the lease,
 * discovers, and every node reads what it can claim.
 */
@Component
public class SyncEngine implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SyncEngine.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LEAST_WAIT = Duration.ofMillis(20);

    /** While no read can start, due reads do not keep the thread busy. */
    private static final Duration LEAST_WAIT_WITHOUT_READS = Duration.ofMillis(100);

    private static final Duration SHUTDOWN = Duration.ofSeconds(3);

    static final Duration LEASE = Duration.ofSeconds(8);

    private final String node = UUID.randomUUID().toString();
    private final SyncCursorRepository cursors;
    private final SteveRecovery recovery;
    private final DiscoveryRounds rounds;
    private final Backfill backfill;
    private final DueReads reads;
    private final SyncCleanUp cleanUp;
    private final RunRecorder recorder;

    private volatile Optional<ExecutorService> executor = Optional.empty();
    private volatile Optional<Thread> loop = Optional.empty();
    private volatile boolean running;
    private volatile boolean leading;

    SyncEngine(
            SyncCursorRepository cursors,
            SteveRecovery recovery,
            DiscoveryRounds rounds,
            Backfill backfill,
            DueReads reads,
            SyncCleanUp cleanUp,
            RunRecorder recorder) {
        this.cursors = cursors;
        this.recovery = recovery;
        this.rounds = rounds;
        this.backfill = backfill;
        this.reads = reads;
        this.cleanUp = cleanUp;
        this.recorder = recorder;
    }

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

    /** A pause of sync has begun or ended, or may have: sync looks at once, and discovers if it goes on. */
    void pauseChanged() {
        rounds.becomeDue();
        wake();
    }

    @EventListener
    void on(SessionWatched event) {
        reads.forgetEmptyReads(event.id());
        if (isRunning()) {
            reads.readSoon(event.id());
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

    /** The database's clock was set back: what was due before stays due. */
    @EventListener
    void on(ClockMoved event) {
        if (event.isBack()) {
            reads.bringForward(event.by().negated());
            wake();
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
        backfill.forgetHanging();
        reads.forgetHanging();
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
        var fence = cursors.lead(node, LEASE);
        if (fence.isPresent() && !leading) {
            cursors.read().lastDiscoveryAt().ifPresent(reads::lastDiscoveryWas);
        }
        leading = fence.isPresent();
        boolean paused = cursors.isPausedByOperator();
        if (!paused) {
            startWhatIsDue(fence);
        }
        recorder.flush();
        executor.ifPresent(cleanUp::startIfDue);
        LockSupport.parkNanos((paused ? LONGEST_WAIT : untilNext()).toNanos());
    }

    private void startWhatIsDue(OptionalLong fence) {
        var pool = executor.orElseThrow(() -> new RejectedExecutionException("Sync has stopped"));
        recovery.look(pool, this::steveAnswersAgain);
        if (fence.isPresent()) {
            rounds.startIfDue(fence.getAsLong(), pool, this::roundEnded);
        }
        backfill.startIfDue(pool, this::isRunning);
        reads.start(pool, this::wake);
    }

    private void roundEnded() {
        backfill.becomeDue();
        wake();
    }

    private void steveAnswersAgain() {
        reads.forgetHanging();
        rounds.forgetHanging();
        rounds.becomeDue();
        backfill.becomeDue();
        wake();
    }

    private Duration untilNext() {
        var round = leading ? rounds.untilDue() : Optional.<Duration>empty();
        var wait = Stream.of(round, reads.untilDue())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(LONGEST_WAIT);
        var least = reads.canStart() ? LEAST_WAIT : LEAST_WAIT_WITHOUT_READS;
        return wait.compareTo(least) < 0 ? least : wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void wake() {
        loop.ifPresent(LockSupport::unpark);
    }
}
