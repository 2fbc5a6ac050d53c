package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * Delay from the timestamp of a charger's reading until it is available in SteVe, caused by the charger's clock, its
 * radio and SteVe together. Every read narrows it: an available reading gives an upper bound, a missing one a lower
 * bound.
 *
 * @param atLeast the delay is longer than this
 * @param atMost the delay is not longer than this
 */
record ArrivalPhase(Duration atLeast, Duration atMost) {

    private static final Duration CLOSE_ENOUGH = Duration.ofMillis(500);

    /** The reading was available when SteVe was asked. */
    static ArrivalPhase first(Instant measuredAt, Instant askedAt, Duration interval) {
        var delay = Duration.between(measuredAt, askedAt);
        return new ArrivalPhase(delay.minus(interval), delay);
    }

    /**
     * The reading was available when SteVe was asked, but not at the request before.
     *
     * @param missedAt time of the request before
     */
    static ArrivalPhase between(Instant measuredAt, Instant missedAt, Instant askedAt, Duration interval) {
        var first = first(measuredAt, askedAt, interval);
        var before = Duration.between(measuredAt, missedAt);
        return before.compareTo(first.atLeast) > 0 ? new ArrivalPhase(before, first.atMost) : first;
    }

    /** Width of the uncertainty. */
    Duration unsure() {
        return atMost.minus(atLeast);
    }

    /**
     * Applies one read: the last reading was available, the one after it was not.
     *
     * @param newer whether the last reading is new
     */
    ArrivalPhase learnt(Instant last, boolean newer, Instant askedAt, Duration interval) {
        return (newer ? found(last, askedAt) : this).missed(last.plus(interval), askedAt, interval);
    }

    /** Applies that the reading taken at {@code measuredAt} was available when SteVe was asked. */
    ArrivalPhase found(Instant measuredAt, Instant askedAt) {
        var delay = Duration.between(measuredAt, askedAt);
        if (delay.compareTo(atMost) >= 0) {
            return this;
        }
        return new ArrivalPhase(smaller(atLeast, delay.minus(CLOSE_ENOUGH)), delay);
    }

    /**
     * Applies that the reading expected for {@code measuredAt} was not available when SteVe was asked. A reading that
     * is overdue by a whole interval is not late but left out, and changes nothing.
     */
    ArrivalPhase missed(Instant measuredAt, Instant askedAt, Duration interval) {
        var delay = Duration.between(measuredAt, askedAt);
        if (delay.compareTo(atLeast) <= 0 || delay.compareTo(atMost.plus(interval)) >= 0) {
            return this;
        }
        var later = delay.compareTo(atMost) < 0 ? atMost : delay.plus(CLOSE_ENOUGH);
        return new ArrivalPhase(delay, later);
    }

    /**
     * When to ask for the reading taken at {@code measuredAt}: in the middle of the bounds, or just after the upper one
     * once they are close.
     */
    Instant askFor(Instant measuredAt) {
        var unsure = unsure();
        return unsure.compareTo(CLOSE_ENOUGH) <= 0
                ? measuredAt.plus(atMost).plusMillis(100)
                : measuredAt.plus(atLeast.plus(unsure.dividedBy(2)));
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
