package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a session is read next. A pure function; each session has its own rhythm.
 *
 * <p>A watched session is asked every two seconds until it is known when its readings come, then just after the next one
 * is due; one that nobody watches as often as that, but not more than twice a minute, and more and more rarely while
 * nothing changes. Answers that take long are asked for less often. After SteVe has closed, its last readings
 * may trail: it is read again after 5 s, 1 min and 10 min.
 */
final class PollPlan {

    private static final List<Duration> AFTER_THE_STOP =
            List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(10));

    /** After so many reads nothing more is expected of a session that SteVe has closed. */
    static final int READS_AFTER_A_STOP = AFTER_THE_STOP.size();

    private static final Duration WATCHED_UNLEARNT = Duration.ofSeconds(2);

    /** So often in a row; a charger that has told nothing in two minutes may never do. */
    private static final int UNLEARNT_AT_MOST = 60;

    private static final Duration WATCHED_AT_LEAST = Duration.ofSeconds(5);
    private static final Duration UNWATCHED_AT_LEAST = Duration.ofSeconds(30);
    private static final Duration WATCHED_AT_MOST = Duration.ofSeconds(30);
    private static final Duration UNWATCHED_AT_MOST = Duration.ofMinutes(5);
    private static final Duration RETRY_AT_LEAST = Duration.ofSeconds(2);
    private static final Duration RETRY_AT_MOST = Duration.ofMinutes(5);

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** A reading that was not there this often in a row is not late: the charger has nothing to tell. */
    private static final int LATE_AT_MOST = 2;

    private PollPlan() {}

    /**
     * After a session that SteVe has closed was read.
     *
     * @param readsSinceStop how often, this time included
     * @return empty when there is nothing more to come
     */
    static Optional<Instant> afterStop(int readsSinceStop, Optional<Instant> heldUntil, Instant now) {
        var trailing = readsSinceStop <= AFTER_THE_STOP.size()
                ? Optional.of(now.plus(AFTER_THE_STOP.get(readsSinceStop - 1)))
                : Optional.<Instant>empty();
        return trailing.or(() -> heldUntil);
    }

    /**
     * After a live session was read.
     *
     * @param nextReadingAt when the next reading should be there, once the charger's rhythm is learnt
     * @param possibleFrom when it can be there at the earliest, while that is not known to a few seconds
     * @param emptyReads how many reads in a row have brought nothing new
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
     * Not before SteVe has had a rest from the last answer: the answers of a session take a twentieth of its time at most,
     * half of it while somebody watches.
     *
     * @param took from the question to the whole answer
     */
    static Instant sparing(Instant next, Duration took, boolean watched, Instant now) {
        var rested = now.plus(watched ? took : took.multipliedBy(19));
        return later(next, rested);
    }

    /** Whether a phase is known as closely as looking every two seconds tells it, the calls' own time included. */
    static boolean isLearnt(ArrivalPhase phase) {
        return phase.unsure().compareTo(WATCHED_UNLEARNT.multipliedBy(2)) < 0;
    }

    /**
     * After a read that failed.
     *
     * @param failures in a row, at least 1
     * @param jitter from 0 to 1: nodes and sessions that failed together do not come back together
     */
    static Instant afterFailure(int failures, double jitter, Instant now) {
        var wait = doubled(RETRY_AT_LEAST, failures - 1, RETRY_AT_MOST);
        return now.plus(wait).plusMillis(Math.round(wait.toMillis() * jitter / 2));
    }

    /** The first reading that is due from this instant on. */
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
