package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.pricing.BillingPeriods;
import express.polaris.pricing.BillingTime;
import express.polaris.units.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A driver's plan for a time. A change of plan ends one subscription and starts another.
 *
 * @param startedAt the anchor of its billing periods
 * @param endedAt empty = no end is set; may lie ahead; the start of one that was cancelled before it began
 * @param timeZone in which its periods begin and end
 */
public record Subscription(
        SubscriptionId id,
        AccountId driver,
        Plan plan,
        Instant startedAt,
        Optional<Instant> endedAt,
        BillingTime billingTime,
        ZoneId timeZone) {

    /** Whether energy measured at this instant is the subscription's: it is in force just before. */
    public boolean covers(Instant measuredAt) {
        return measuredAt.isAfter(startedAt)
                && endedAt.filter(measuredAt::isAfter).isEmpty();
    }

    /** The billing period of energy that was measured at this instant. */
    SubscriptionPeriod periodOfReading(Instant measuredAt) {
        return new SubscriptionPeriod(this, periods().periodJustBefore(measuredAt));
    }

    /** The billing period that holds this instant. */
    SubscriptionPeriod periodAt(Instant instant) {
        return new SubscriptionPeriod(this, periods().periodContaining(instant));
    }

    BillingPeriods periods() {
        return BillingPeriods.of(plan.interval(), billingTime, startedAt, timeZone);
    }

    /** From the start to the end; to the far future when none is set. */
    Interval inForce() {
        return new Interval(startedAt, endedAt.orElse(Instant.MAX));
    }
}
