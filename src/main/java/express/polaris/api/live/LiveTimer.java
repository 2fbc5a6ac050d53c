package express.polaris.api.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What streams do by the clock. A heartbeat's interval has as many turns as there are groups of streams, so that their
 * heartbeats, and the checks of their sign-ins, spread over it. Its thread never waits: others do what takes time.
 */
final class LiveTimer {

    private static final Logger log = LoggerFactory.getLogger(LiveTimer.class);
    private static final int GROUPS = 16;
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(1);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("live-timer").factory());
    private final LiveLimits limits;
    private final Collection<LiveStream> streams;
    private final Consumer<Collection<LiveStream>> check;
    private int turn;

    private LiveTimer(LiveLimits limits, Collection<LiveStream> streams, Consumer<Collection<LiveStream>> check) {
        this.limits = limits;
        this.streams = streams;
        this.check = check;
    }

    /**
     * @param streams all that are open, at any time
     * @param look starts to look at the rows
     * @param check starts to check the sign-ins of these streams
     */
    static LiveTimer start(
            LiveLimits limits, Collection<LiveStream> streams, Runnable look, Consumer<Collection<LiveStream>> check) {
        var timer = new LiveTimer(limits, streams, check);
        timer.repeat(look, limits.look());
        timer.repeat(timer::beat, limits.heartbeat().dividedBy(GROUPS));
        timer.repeat(timer::cutOffTheStalled, BETWEEN_CUTS);
        return timer;
    }

    void stop() {
        thread.shutdown();
    }

    /** The next group's heartbeat. */
    private void beat() {
        turn = (turn + 1) % GROUPS;
        var group = group(turn);
        group.forEach(LiveStream::heartbeat);
        check.accept(group);
    }

    private List<LiveStream> group(int number) {
        return streams.stream()
                .filter(stream -> stream.number() % GROUPS == number)
                .toList();
    }

    private void cutOffTheStalled() {
        long since = System.nanoTime() - limits.patience().toNanos();
        streams.stream().filter(stream -> stream.isStalledSince(since)).forEach(LiveStream::cutOff);
    }

    private void repeat(Runnable task, Duration interval) {
        thread.scheduleAtFixedRate(() -> guarded(task), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("A task of the live streams failed", e);
        }
    }
}
