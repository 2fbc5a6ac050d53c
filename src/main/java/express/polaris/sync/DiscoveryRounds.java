package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.steve.SteveUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The leader's rounds of discovery, one at a time, and their pace: every 5 seconds while something is active or
 * awaited, otherwise at intervals that double up to 60 seconds. While a start is expected or SteVe is away, a round
 * follows after 2 seconds. What is asked for while a round runs is due after it.
 */
@Component
class DiscoveryRounds {

    private static final Logger log = LoggerFactory.getLogger(DiscoveryRounds.class);
    private static final Duration NOT_ASKED_FOR = Duration.ofSeconds(Long.MAX_VALUE);

    private final Discovery discovery;
    private final ExpectedStarts expected;
    private final SteveRecovery recovery;
    private final RunRecorder recorder;
    private final SyncPace pace;
    private final Uptime uptime;

    private final AtomicBoolean wideAskedFor = new AtomicBoolean();
    private volatile Duration quiet;
    private Optional<Round> running = Optional.empty();
    private Duration next = Duration.ZERO;

    /** The soonest that was asked for since the last round began. */
    private Duration askedFor = NOT_ASKED_FOR;

    /** One round; it is another than any before, so one that ends late changes nothing. */
    private static final class Round {}

    DiscoveryRounds(
            Discovery discovery,
            ExpectedStarts expected,
            SteveRecovery recovery,
            RunRecorder recorder,
            SyncPace pace,
            Uptime uptime) {
        this.discovery = discovery;
        this.expected = expected;
        this.recovery = recovery;
        this.recorder = recorder;
        this.pace = pace;
        this.uptime = uptime;
        this.quiet = pace.often();
    }

    /**
     * Starts a round if one is due and none is running.
     *
     * @param fence of the lease
     * @param ended runs after the round, however it ended
     */
    void startIfDue(long fence, Executor executor, Runnable ended) {
        begin().ifPresent(round -> {
            try {
                executor.execute(() -> run(round, fence, ended));
            } catch (RejectedExecutionException e) {
                end(round, Duration.ZERO);
                throw e;
            }
        });
    }

    /** Time until the next round is due, zero or negative if it is; empty while one is running. */
    synchronized Optional<Duration> untilDue() {
        return running.isPresent() ? Optional.empty() : Optional.of(next.minus(uptime.now()));
    }

    void becomeDue() {
        askFor(Duration.ZERO);
    }

    /** Makes a round due that compares the last 90 days, even if the hour is not over. */
    void askForWide() {
        wideAskedFor.set(true);
        becomeDue();
    }

    /** Makes a round due within 2 seconds, and further ones often. */
    void bringForward() {
        quiet = pace.often();
        askFor(uptime.now().plus(pace.again()));
    }

    /** Expects a start at this charger, which has accepted one: rounds follow quickly until it is found. */
    void expectStart(ChargeBoxId chargeBox) {
        expected.expect(chargeBox);
    }

    /** Lets the next round start, even if an earlier one hangs. */
    synchronized void forgetHanging() {
        running = Optional.empty();
    }

    private synchronized void askFor(Duration at) {
        askedFor = sooner(askedFor, at);
        next = sooner(next, at);
    }

    private synchronized Optional<Round> begin() {
        if (running.isPresent() || uptime.now().compareTo(next) < 0) {
            return Optional.empty();
        }
        running = Optional.of(new Round());
        askedFor = NOT_ASKED_FOR;
        return running;
    }

    private synchronized void end(Round round, Duration wait) {
        if (running.equals(Optional.of(round))) {
            running = Optional.empty();
            next = sooner(askedFor, uptime.now().plus(wait));
        }
    }

    private void run(Round round, long fence, Runnable ended) {
        boolean wide = wideAskedFor.getAndSet(false);
        boolean done = false;
        boolean away = false;
        boolean goesOn = false;
        try {
            var found = discovery.run(fence, wide);
            goesOn = found.goesOn();
            boolean busy = found.isActive() || !expected.awaited().isEmpty();
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
            end(round, atOnce ? Duration.ZERO : away ? pace.again() : quiet);
            ended.run();
        }
    }

    private static Duration sooner(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration longer(Duration wait) {
        var doubled = wait.multipliedBy(2);
        return doubled.compareTo(pace.rarely()) < 0 ? doubled : pace.rarely();
    }
}
