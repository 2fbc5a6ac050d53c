package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node has learned about the readings of a live session; losing it costs a few calls.
 *
 * @param askedAt time of the last request
 * @param emptyReads number of reads in a row that brought nothing new although a reading was due
 */
record Rhythm(
        Optional<Instant> lastReadingAt, Optional<ArrivalPhase> phase, Optional<Instant> askedAt, int emptyReads) {

    static final Rhythm UNKNOWN = new Rhythm(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** Resets the empty reads, so that the charger's rhythm is judged from scratch. */
    Rhythm withoutEmptyReads() {
        return new Rhythm(lastReadingAt, phase, askedAt, 0);
    }

    /**
     * The rhythm after one more read.
     *
     * @param last time of the last reading in SteVe
     * @param interval sampling interval, once it is known
     */
    Rhythm learnt(Optional<Instant> last, Optional<Duration> interval, Instant asked) {
        boolean newer = !last.equals(lastReadingAt);
        if (interval.isEmpty() || last.isEmpty()) {
            return new Rhythm(last, Optional.empty(), Optional.of(asked), newer ? 0 : emptyReads + 1);
        }
        var next = phase.map(known -> known.learnt(last.get(), newer, asked, interval.get()))
                .orElseGet(() -> first(last.get(), interval.get(), newer, asked));
        boolean overdue = phase.filter(
                        known -> asked.isBefore(last.get().plus(interval.get()).plus(known.atMost())))
                .isEmpty();
        return new Rhythm(
                last, Optional.of(next), Optional.of(asked), newer ? 0 : overdue ? emptyReads + 1 : emptyReads);
    }

    private ArrivalPhase first(Instant last, Duration interval, boolean newer, Instant asked) {
        return askedAt.filter(missedAt -> newer)
                .map(missedAt -> ArrivalPhase.between(last, missedAt, asked, interval))
                .orElseGet(() -> ArrivalPhase.first(last, asked, interval));
    }

    /** When to read the session next. */
    Instant next(Optional<Duration> interval, boolean watched, Instant now) {
        var due = interval.flatMap(step -> lastReadingAt.map(last -> last.plus(step)));
        return PollPlan.live(
                interval,
                due.flatMap(at -> phase.map(known -> known.askFor(at))),
                due.flatMap(
                        at -> phase.filter(known -> !PollPlan.isLearnt(known)).map(known -> at.plus(known.atLeast()))),
                emptyReads,
                watched,
                now);
    }
}
