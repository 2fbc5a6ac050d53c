package express.polaris.billing.plans;

import express.polaris.accounts.AccountId;
import express.polaris.billing.pricing.BillingPeriods;
import express.polaris.billing.pricing.BillingTime;
import express.polaris.units.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * Driver's plan for a span of time. A plan change ends one subscription and starts another.
 *
 * @param startedAt anchor of its billing periods
 * @param endedAt empty = no end; may be in the future; equals the start of a subscription cancelled before
 *     it started
 * @param timeZone zone of its billing periods
 * @param plansWithRolledOver the plan with included energy that earlier billing periods left, by the start of the period
 *     that has it; empty unless the plan's included energy rolls over
 */
public record Subscription(
        SubscriptionId id,
        AccountId driver,
        Plan plan,
        Instant startedAt,
        Optional<Instant> endedAt,
        BillingTime billingTime,
        ZoneId timeZone,
        Map<Instant, Plan> plansWithRolledOver) {

    public Subscription {
        plansWithRolledOver = Map.copyOf(plansWithRolledOver);
    }

    /** Returns whether energy measured at this instant belongs to the subscription, i.e. it is in force just before. */
    public boolean covers(Instant measuredAt) {
        return measuredAt.isAfter(startedAt)
                && endedAt.filter(measuredAt::isAfter).isEmpty();
    }

    /** Returns the billing period of energy measured at this instant. */
    public SubscriptionPeriod periodOfReading(Instant measuredAt) {
        return new SubscriptionPeriod(this, periods().periodJustBefore(measuredAt));
    }

    /** Returns the billing period that contains this instant. */
    public SubscriptionPeriod periodAt(Instant instant) {
        return new SubscriptionPeriod(this, periods().periodContaining(instant));
    }

    Subscription with(Map<Instant, Plan> ofPeriods) {
        return new Subscription(id, driver, plan, startedAt, endedAt, billingTime, timeZone, ofPeriods);
    }

    public BillingPeriods periods() {
        return BillingPeriods.of(plan.interval(), billingTime, startedAt, timeZone);
    }

    /** From start to end, or to {@link Instant#MAX} without an end. */
    public Interval inForce() {
        return new Interval(startedAt, endedAt.orElse(Instant.MAX));
    }
}
