package express.polaris.billing;

import express.polaris.units.Interval;
import java.time.Instant;

/**
 * One billing period of a subscription.
 *
 * @param whole between two fence posts, also where the subscription starts later or ends earlier
 */
record SubscriptionPeriod(Subscription subscription, Interval whole) {

    /** The part in which the subscription is in force. A reading at its start is not in it, one at its end is. */
    Interval inForce() {
        var force = subscription.inForce();
        var from = force.from().isAfter(whole.from()) ? force.from() : whole.from();
        var to = force.to().isBefore(whole.to()) ? force.to() : whole.to();
        return new Interval(from, to.isBefore(from) ? from : to);
    }

    /** When no more energy can be measured in it. */
    Instant end() {
        return inForce().to();
    }

    /** Whether energy measured at this instant is in it. */
    boolean covers(Instant measuredAt) {
        var bounds = inForce();
        return measuredAt.isAfter(bounds.from()) && !measuredAt.isAfter(bounds.to());
    }

    boolean isOver(Instant now) {
        return !end().isAfter(now);
    }
}
