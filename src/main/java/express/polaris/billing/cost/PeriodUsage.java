package express.polaris.billing.cost;

import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Driver's usage in a period so far.
 *
 * @param period tiers start again from zero at its end
 * @param timeZone zone of the days
 * @param subscription subscription of the billing period; empty without one, and for a calendar year
 * @param disputed energy of disputed sessions in the period; not included in the energy
 * @param amount unrounded; empty when the coverage is unknown
 * @param tiers usage by tier of the billing period's charges; for a calendar year, of all its periods
 *     together; empty without a billing period or when the price cannot be computed
 * @param fees of sessions, per session and minute
 * @param leftInTier energy until the current tier is full; empty in the last tier
 * @param days every day from the period's first to its last, or to the current day
 */
public record PeriodUsage(
        Interval period,
        ZoneId timeZone,
        Optional<Subscription> subscription,
        Energy energy,
        Energy disputed,
        Optional<Money> amount,
        Currency currency,
        Coverage coverage,
        List<TierUsage> tiers,
        List<FeeLine> fees,
        Optional<Energy> leftInTier,
        List<UsageDay> days) {

    public PeriodUsage {
        tiers = List.copyOf(tiers);
        fees = List.copyOf(fees);
        days = List.copyOf(days);
    }

    /** Returns the included energy that earlier billing periods left to this one; zero for a calendar year. */
    public Energy rolledOver() {
        return subscription
                .map(found -> new SubscriptionPeriod(found, period).rolledOver())
                .orElse(Energy.ZERO);
    }

    PeriodUsage withDisputed(Energy energyOfDisputed) {
        return new PeriodUsage(
                period,
                timeZone,
                subscription,
                energy,
                energyOfDisputed,
                amount,
                currency,
                coverage,
                tiers,
                fees,
                leftInTier,
                days);
    }

    /** Requested period. */
    public enum Span {
        CURRENT,
        PREVIOUS,
        /** The current calendar year. */
        YEAR
    }
}
