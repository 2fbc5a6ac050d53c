package express.polaris.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which of a station's times are believed, and what takes the place of the others. Times are microseconds since
 * 1970.
 *
 * <p>A time is believed from 2015 on and up to five minutes ahead of the moment in which it was learnt. Earlier ones come
 * from a clock that was never set: they move together by one shift, so that their distances stay. Each read bounds the
 * shift, since no reading is newer than the answer that brings it; the smallest bound counts. Where the start is such a
 * time, none of them moves past the first believed reading. Later ones are held while the session is live. A wrong start
 * takes the first believed time, a wrong stop the last one; failing that, the moment in which it was first seen. Only readings of
 * energy say something here, so that an answer with energy alone gives the same times.
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

    /** When the session started, as far as can be known. */
    long startedAt() {
        return startedAt;
    }

    /** When the session ended, never before its start; empty while it is live. */
    Optional<Long> stoppedAt() {
        return stoppedAt;
    }

    /** The end as it is shown: a stop a little ahead of our clock ends when it was seen. */
    Optional<Long> endedAt() {
        return endedAt;
    }

    /** A row's time as it counts. */
    long corrected(long at) {
        return at < EARLIEST ? at + shift : at;
    }

    /** Whether the start, the stop or a reading is not where the station says it is. */
    boolean isWrong() {
        return moved || startReplaced || stopReplaced;
    }

    /** How far times were moved; empty where none was. */
    Optional<Duration> shift() {
        return moved ? Optional.of(Duration.ofNanos(shift * 1_000)) : Optional.empty();
    }

    /** Time to add to a step from the start: a start that is not believed may have been earlier. */
    long slackAtStart() {
        return startReplaced ? slack : 0;
    }

    /** Time to add to a step to the stop: a stop that is not believed may have been later. */
    long slackAtStop() {
        return stopReplaced ? Math.max(slack, now - stoppedAt.orElse(now)) : 0;
    }

    /** Until when the start lies ahead; empty where it does not. */
    Optional<Instant> startAheadUntil() {
        return startAhead.map(StationClock::usableFrom);
    }

    /** The last of the readings that were moved; before all times where none was. */
    long movedUntil() {
        return movedUntil;
    }

    boolean isAhead(long at) {
        return at > now + AHEAD;
    }

    /** When a reading that lies ahead counts. */
    static Instant usableFrom(long at) {
        return MeterValues.instant(at - AHEAD);
    }
}
