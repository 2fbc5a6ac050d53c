package express.polaris.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which times of a station are believed, and what replaces the others. Times are microseconds since 1970.
 *
 * <p>A time is believed from 2015 on and up to five minutes ahead of the moment in which it was learned. Earlier times
 * come from a clock that was never set: they are moved together by one shift, which keeps their distances. Each read
 * bounds the shift, since no reading is newer than the answer that contains it; the smallest bound counts. If the start
 * is such a time, no moved time passes the first believed one. Readings ahead of time are held back while the session
 * is live.
 *
 * <p>A start that is ahead becomes the first believed time, at the latest the moment in which it was first seen. A
 * wrong stop becomes the last believed reading, or without one the moment in which it was first seen, unless it is
 * moved together with the start. Only energy readings are used here, so that an answer with energy alone gives the same
 * times.
 */
final class StationClock {

    static final Duration TOLERATED_AHEAD = Duration.ofMinutes(5);

    private static final long EARLIEST = MeterValues.micros(Instant.parse("2015-01-01T00:00:00Z"));
    private static final long AHEAD = TOLERATED_AHEAD.toNanos() / 1_000;
    private static final long NONE = Long.MIN_VALUE;

    private final long now;
    private final long startedAt;
    private final Optional<Long> stoppedAt;
    private final Optional<Long> endedAt;
    private final boolean startReplaced;
    private final boolean stopReplaced;
    private final long shift;
    private final boolean moved;
    private final long movedUntil;
    private final long slack;
    private final Optional<Long> startAhead;

    StationClock(MeteredTransaction transaction, MeterValues values, Instant now) {
        this.now = MeterValues.micros(now);
        var sight = transaction.sight();
        long firstSeen = MeterValues.micros(sight.first());
        long start = MeterValues.micros(transaction.startedAt());
        var stop = transaction.stop().map(MeterStop::at).map(MeterValues::micros);
        long stopSeen = MeterValues.micros(sight.stopped().orElse(now));
        boolean stopBelieved = stop.filter(at -> isBelieved(at, stopSeen)).isPresent();

        long lastUnset = NONE;
        long firstRight = Long.MAX_VALUE;
        long lastRight = NONE;
        long windowStart = isBelieved(start, firstSeen) ? start : NONE;
        long windowEnd = stopBelieved ? stop.orElseThrow() : Long.MAX_VALUE;
        for (int row = 0; row < values.size(); row++) {
            long at = values.at(row);
            if (values.lane(row) < 0 || !values.isEnergy(row)) {
                continue;
            }
            if (at < EARLIEST) {
                lastUnset = Math.max(lastUnset, at);
            } else if (at >= windowStart && at <= windowEnd && at <= this.now + AHEAD) {
                firstRight = Math.min(firstRight, at);
                lastRight = Math.max(lastRight, at);
            }
        }
        if (stopBelieved) {
            firstRight = Math.min(firstRight, stop.orElseThrow());
        }

        boolean startUnset = start < EARLIEST;
        boolean stopUnset = stop.filter(at -> at < EARLIEST).isPresent();
        long bound = sight.clockShift().map(known -> known.toNanos() / 1_000).orElse(Long.MAX_VALUE);
        if (lastUnset != NONE) {
            bound = Math.min(bound, this.now - lastUnset);
        }
        if (stopUnset) {
            bound = Math.min(bound, stopSeen - stop.orElseThrow());
        }
        if (startUnset) {
            bound = Math.min(bound, firstSeen - start);
            long lastOfThem = Math.max(Math.max(start, lastUnset), stopUnset ? stop.orElseThrow() : NONE);
            if (firstRight != Long.MAX_VALUE) {
                bound = Math.min(bound, firstRight - lastOfThem - 1);
            }
        }
        shift = bound == Long.MAX_VALUE ? 0 : bound;
        movedUntil = lastUnset == NONE ? NONE : lastUnset + shift;
        moved = startUnset || lastUnset != NONE || (stopUnset && startUnset);

        boolean isAheadOfSight = !startUnset && !isBelieved(start, firstSeen);
        startAhead = isAheadOfSight && isAhead(start) ? Optional.of(start) : Optional.empty();
        startReplaced = startUnset || isAheadOfSight;
        startedAt = startUnset ? start + shift : isAheadOfSight ? Math.min(firstSeen, firstRight) : start;

        boolean stopMoves = stopUnset && startUnset;
        stopReplaced = stop.isPresent() && !stopBelieved;
        long lastKnown = lastRight;
        stoppedAt = stop.map(at -> {
            long believed =
                    stopMoves ? at + shift : isBelieved(at, stopSeen) ? at : lastKnown != NONE ? lastKnown : stopSeen;
            return Math.max(startedAt, believed);
        });
        endedAt = stoppedAt.map(at -> Math.max(startedAt, Math.min(at, stopSeen)));
        slack = Math.max(0, firstSeen - startedAt);
    }

    private static boolean isBelieved(long at, long seen) {
        return at >= EARLIEST && at <= seen + AHEAD;
    }

    /** Believed start of the session. */
    long startedAt() {
        return startedAt;
    }

    /** Believed end of the session, never before its start; empty while live. */
    Optional<Long> stoppedAt() {
        return stoppedAt;
    }

    /** End for display: a stop slightly ahead of the portal clock ends when it was first seen. */
    Optional<Long> endedAt() {
        return endedAt;
    }

    /** Corrected time of a row. */
    long corrected(long at) {
        return at < EARLIEST ? at + shift : at;
    }

    /** Whether the start, the stop or a reading has another time than the station reported. */
    boolean isWrong() {
        return moved || startReplaced || stopReplaced;
    }

    /** By how much times were moved; empty if none was moved. */
    Optional<Duration> shift() {
        return moved ? Optional.of(Duration.ofNanos(shift * 1_000)) : Optional.empty();
    }

    /** Time to add to a step from the start: the real start may be earlier than a replaced one. */
    long slackAtStart() {
        return startReplaced ? slack : 0;
    }

    /** Time to add to a step to the stop: the real stop may be later than a replaced one. */
    long slackAtStop() {
        return stopReplaced ? Math.max(slack, now - stoppedAt.orElse(now)) : 0;
    }

    /** When a start that lies ahead will be believed; empty if it does not lie ahead. */
    Optional<Instant> startAheadUntil() {
        return startAhead.map(StationClock::usableFrom);
    }

    /** The last reading that was moved; {@code Long.MIN_VALUE} if none was. */
    long movedUntil() {
        return movedUntil;
    }

    boolean isAhead(long at) {
        return at > now + AHEAD;
    }

    /** When a reading that lies ahead will count. */
    static Instant usableFrom(long at) {
        return MeterValues.instant(at - AHEAD);
    }
}
