package express.polaris.sync;

import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.steve.SteveUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The leader's rounds of discovery, one at a time, and their pace: every 5 seconds while something is active or
 * awaited, otherwise at intervals that double up to 60 seconds. While a start is expected or SteVe is away, a round
 * follows after 2 seconds.
 */
@Component
class DiscoveryRounds {

    private static final Logger log = LoggerFactory.getLogger(DiscoveryRounds.class);

    private final Discovery discovery;
    private final ExpectedStarts expected;
    private final SteveRecovery recovery;
    private final RunRecorder recorder;
    private final SyncPace pace;
    private final Clock clock;

    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean wideAskedFor = new AtomicBoolean();
    private volatile Instant next = Instant.EPOCH;
    private volatile Duration quiet;

    DiscoveryRounds(
            Discovery discovery,
            ExpectedStarts expected,
            SteveRecovery recovery,
            RunRecorder recorder,
            SyncPace pace,
            Clock clock) {
        this.discovery = discovery;
        this.expected = expected;
        this.recovery = recovery;
        this.recorder = recorder;
        this.pace = pace;
        this.clock = clock;
        this.quiet = pace.often();
    }

    /**
     * Starts a round if one is due and none is running.
     *
     * @param fence of the lease
     * @param ended runs after the round, however it ended
     */
    void startIfDue(long fence, Executor executor, Runnable ended) {
        if (isDue() && running.compareAndSet(false, true)) {
            executor.execute(() -> run(fence, ended));
        }
    }

    /** Time until the next round is due, zero or negative if it is; empty while one is running. */
    Optional<Duration> untilDue() {
        return running.get() ? Optional.empty() : Optional.of(Duration.between(clock.instant(), next));
    }

    void becomeDue() {
        next = Instant.EPOCH;
    }

    /** Makes a round due that compares the last 90 days, even if the hour is not over. */
    void askForWide() {
        wideAskedFor.set(true);
        becomeDue();
    }

    /** Makes a round due within 2 seconds, and further ones often. */
    void bringForward() {
        quiet = pace.often();
        var soon = clock.instant().plus(pace.again());
        next = soon.isBefore(next) ? soon : next;
    }

    /** Expects a start at this charger, which has accepted one: rounds follow quickly until it is found. */
    void expectStart(ChargeBoxId chargeBox) {
        expected.expect(chargeBox);
    }

    /** Lets the next round start, even if an earlier one hangs. */
    void forgetHanging() {
        running.set(false);
    }

    private boolean isDue() {
        return !clock.instant().isBefore(next);
    }

    private void run(long fence, Runnable ended) {
        boolean wide = wideAskedFor.getAndSet(false);
        boolean done = false;
        boolean away = false;
        boolean goesOn = false;
        try {
            var round = discovery.run(fence, wide);
            goesOn = round.goesOn();
            boolean busy = round.isActive() || !expected.awaited().isEmpty();
            quiet = expected.areAny() ? pace.again() : busy ? pace.often() : longer(quiet);
            done = true;
            recovery.discoverySucceeded();
        } catch (SteveUnavailable e) {
            recorder.error(Optional.empty(), SyncFault.of(e));
            away = e.saysThatSteveIsAway();
            if (away) {
                recovery.discoveryFailed();
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
            next = atOnce ? Instant.EPOCH : clock.instant().plus(away ? pace.again() : quiet);
            running.set(false);
            ended.run();
        }
    }

    private Duration longer(Duration wait) {
        var doubled = wait.multipliedBy(2);
        return doubled.compareTo(pace.rarely()) < 0 ? doubled : pace.rarely();
    }
}
