package express.polaris.billing.plans;

import express.polaris.units.Interval;
import java.time.Instant;

/**
 * Billing period of a subscription.
 *
 * @param whole the span between two fence posts, even if the subscription starts later or ends earlier
 */
public record SubscriptionPeriod(Subscription subscription, Interval whole) {

    /** The part in which the subscription is in force. Excludes a reading at its start and includes one at its end. */
    public Interval inForce() {
        var force = subscription.inForce();
        var from = force.from().isAfter(whole.from()) ? force.from() : whole.from();
        var to = force.to().isBefore(whole.to()) ? force.to() : whole.to();
        return new Interval(from, to.isBefore(from) ? from : to);
    }

    /** The instant after which no energy can be measured in it. */
    public Instant end() {
        return inForce().to();
    }

    /** Returns whether energy measured at this instant belongs to it. */
    public boolean covers(Instant measuredAt) {
        var bounds = inForce();
        return measuredAt.isAfter(bounds.from()) && !measuredAt.isAfter(bounds.to());
    }

    boolean isOver(Instant now) {
        return !end().isAfter(now);
    }
}
