package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * How long after its own timestamp a charger's reading can be had from SteVe: the charger's clock, its radio and SteVe
 * together. Every read narrows it: a reading that is there was not later than the read, one that is not there yet is.
 *
 * @param atLeast the delay is longer than this
 * @param atMost the delay is not longer than this
 */
record ArrivalPhase(Duration atLeast, Duration atMost) {

    private static final Duration CLOSE_ENOUGH = Duration.ofMillis(500);

    /** A reading was there when SteVe was asked. */
    static ArrivalPhase first(Instant measuredAt, Instant askedAt, Duration interval) {
        var delay = Duration.between(measuredAt, askedAt);
        return new ArrivalPhase(delay.minus(interval), delay);
    }

    /**
     * A reading was there when SteVe was asked, and was not when it was asked before.
     *
     * @param missedAt when it was asked before
     */
    static ArrivalPhase between(Instant measuredAt, Instant missedAt, Instant askedAt, Duration interval) {
        var first = first(measuredAt, askedAt, interval);
        var before = Duration.between(measuredAt, missedAt);
        return before.compareTo(first.atLeast) > 0 ? new ArrivalPhase(before, first.atMost) : first;
    }

    /** How far the earliest and the latest arrival lie apart. */
    Duration unsure() {
        return atMost.minus(atLeast);
    }

    /**
     * What one read tells: the last reading was there, and the one that comes after it was not.
     *
     * @param newer whether the last reading was not known before
     */
    ArrivalPhase learnt(Instant last, boolean newer, Instant askedAt, Duration interval) {
        return (newer ? found(last, askedAt) : this).missed(last.plus(interval), askedAt, interval);
    }

    /** A reading taken at {@code measuredAt} was there when SteVe was asked. */
    ArrivalPhase found(Instant measuredAt, Instant askedAt) {
        var delay = Duration.between(measuredAt, askedAt);
        if (delay.compareTo(atMost) >= 0) {
            return this;
        }
        return new ArrivalPhase(smaller(atLeast, delay.minus(CLOSE_ENOUGH)), delay);
    }

    /**
     * The reading expected for {@code measuredAt} was not there when SteVe was asked. One that is an interval later than
     * ever is not late but left out, which says nothing of the others.
     */
    ArrivalPhase missed(Instant measuredAt, Instant askedAt, Duration interval) {
        var delay = Duration.between(measuredAt, askedAt);
        if (delay.compareTo(atLeast) <= 0 || delay.compareTo(atMost.plus(interval)) >= 0) {
            return this;
        }
        var later = delay.compareTo(atMost) < 0 ? atMost : delay.plus(CLOSE_ENOUGH);
        return new ArrivalPhase(delay, later);
    }

    /** When to ask for the reading that is taken at {@code measuredAt}: halfway while unsure, else safely after. */
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
