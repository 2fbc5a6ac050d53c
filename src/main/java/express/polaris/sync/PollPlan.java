package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a session is read next. A pure function; each session has its own rhythm.
 *
 * <p>A watched session is read every two seconds until the timing of its readings is learned, then just after each
 * reading is due. An unwatched session follows its readings as well, but at most twice a minute, and less and less
 * often while nothing changes. Slow answers are requested less often. After SteVe has closed a session, its last
 * readings may trail, so it is read again after 5 s, 1 min and 10 min.
 */
final class PollPlan {

    private static final List<Duration> AFTER_THE_STOP =
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(10));

    /** Number of further reads after the first read of a closed session. */
    static final int READS_AFTER_A_STOP = AFTER_THE_STOP.size();

    private static final Duration WATCHED_UNLEARNT = Duration.ofSeconds(2);

    /** Maximum number of such reads in a row; a charger that sent nothing in two minutes may never send anything. */
    private static final int UNLEARNT_AT_MOST = 60;

    private static final Duration WATCHED_AT_LEAST = Duration.ofSeconds(5);
    private static final Duration UNWATCHED_AT_LEAST = Duration.ofSeconds(30);
    private static final Duration WATCHED_AT_MOST = Duration.ofSeconds(30);
    private static final Duration UNWATCHED_AT_MOST = Duration.ofMinutes(5);
    private static final Duration RETRY_AT_LEAST = Duration.ofSeconds(2);
    private static final Duration RETRY_AT_MOST = Duration.ofMinutes(5);

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** Up to this many reads in a row, a missing reading is late; beyond that, the charger has nothing to send. */
    private static final int LATE_AT_MOST = 2;

    private PollPlan() {}

    /**
     * Next read after a read of a closed session.
     *
     * @param readsSinceStop number of reads since the stop, including this one
     * @return empty if nothing more is expected
     */
    static Optional<Instant> afterStop(int readsSinceStop, Optional<Instant> heldUntil, Instant now) {
        var trailing = readsSinceStop <= AFTER_THE_STOP.size()
                ? Optional.of(now.plus(AFTER_THE_STOP.get(readsSinceStop - 1)))
                : Optional.<Instant>empty();
        return trailing.or(() -> heldUntil);
    }

    /**
     * Next read after a read of a live session.
     *
     * @param nextReadingAt when to ask for the next reading, once the charger's rhythm is learned
     * @param possibleFrom earliest time at which it can be available, while that is not known to a few seconds
     * @param emptyReads number of reads in a row that brought nothing new
     */
    static Instant live(
            Optional<Duration> samplingInterval,
            Optional<Instant> nextReadingAt,
            Optional<Instant> possibleFrom,
            int emptyReads,
            boolean watched,
            Instant now) {
        boolean learning = samplingInterval.isEmpty() || nextReadingAt.isEmpty() || possibleFrom.isPresent();
        if (watched && learning && emptyReads < UNLEARNT_AT_MOST) {
            var again = now.plus(WATCHED_UNLEARNT);
            return possibleFrom.map(from -> later(from, again)).orElse(again);
        }
        var patience = doubled(
                watched ? WATCHED_AT_LEAST : UNWATCHED_AT_LEAST,
                Math.max(0, emptyReads - 2),
                watched ? WATCHED_AT_MOST : UNWATCHED_AT_MOST);
        if (samplingInterval.isEmpty() || nextReadingAt.isEmpty()) {
            return now.plus(patience);
        }
        if (watched && emptyReads <= LATE_AT_MOST) {
            return later(nextReadingAt.get(), now.plus(AT_ONCE));
        }
        var soonest = emptyReads <= LATE_AT_MOST ? now.plus(UNWATCHED_AT_LEAST) : now.plus(patience);
        return firstFrom(soonest, nextReadingAt.get(), samplingInterval.get());
    }

    /**
     * Postpones the next read to spare SteVe: the answers about a session take at most a twentieth of its time, or half
     * of it while the session is watched.
     *
     * @param took time from the request to the complete answer
     */
    static Instant sparing(Instant next, Duration took, boolean watched, Instant now) {
        var rested = now.plus(watched ? took : took.multipliedBy(19));
        return later(next, rested);
    }

    /** Whether a phase is known as precisely as reads every two seconds can tell, including the time of the calls. */
    static boolean isLearnt(ArrivalPhase phase) {
        return phase.unsure().compareTo(WATCHED_UNLEARNT.multipliedBy(2)) < 0;
    }

    /**
     * Next read after a failed one.
     *
     * @param failures in a row, at least 1
     * @param jitter from 0 to 1; spreads the retries of nodes and sessions that failed together
     */
    static Instant afterFailure(int failures, double jitter, Instant now) {
        var wait = doubled(RETRY_AT_LEAST, failures - 1, RETRY_AT_MOST);
        return now.plus(wait).plusMillis(Math.round(wait.toMillis() * jitter / 2));
    }

    /** First expected reading from {@code soonest} on. */
    private static Instant firstFrom(Instant soonest, Instant nextReadingAt, Duration interval) {
        if (!nextReadingAt.isBefore(soonest)) {
            return nextReadingAt;
        }
        long skipped = Math.ceilDiv(Duration.between(nextReadingAt, soonest).toMillis(), interval.toMillis());
        return nextReadingAt.plus(interval.multipliedBy(skipped));
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        var wait = first.multipliedBy(1L << Math.min(times, 20));
        return shorter(wait, most);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
