package express.polaris.billing.plans;

import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Billing period of a subscription; equal to every other record of the same period.
 *
 * @param whole the span between two fence posts, even if the subscription starts later or ends earlier
 */
public record SubscriptionPeriod(Subscription subscription, Interval whole) {

    /** Returns the subscription's plan with the included energy that earlier periods left to this one. */
    public Plan plan() {
        return subscription.plansWithRolledOver().getOrDefault(whole.from(), subscription.plan());
    }

    /** Returns the included energy that earlier periods left to this one; of several charges, the one that has most. */
    public Energy rolledOver() {
        return IntStream.range(0, plan().charges().size())
                .mapToObj(this::rolledOver)
                .reduce(Energy.ZERO, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    Energy rolledOver(int charge) {
        var included = plan().charges().get(charge).included().energy();
        return included.minus(
                subscription.plan().charges().get(charge).included().energy());
    }

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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubscriptionPeriod period
                && subscription.id().equals(period.subscription.id())
                && whole.from().equals(period.whole.from());
    }

    @Override
    public int hashCode() {
        return Objects.hash(subscription.id(), whole.from());
    }
}
