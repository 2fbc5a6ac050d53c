package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node has learnt of a live session's readings; losing it costs a few calls.
 *
 * @param askedAt when SteVe was asked last
 * @param emptyReads how many reads in a row brought nothing new, though something should have been there
 */
record Rhythm(
        Optional<Instant> lastReadingAt, Optional<ArrivalPhase> phase, Optional<Instant> askedAt, int emptyReads) {

    static final Rhythm UNKNOWN = new Rhythm(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** What the charger's rhythm is worth is judged anew. */
    Rhythm withoutEmptyReads() {
        return new Rhythm(lastReadingAt, phase, askedAt, 0);
    }

    /**
     * After one more read.
     *
     * @param last the time of the last reading that SteVe has
     * @param interval between two readings, once it is known
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

    /** When the session is read next. */
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
