package express.polaris.billing;

import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a driver used in a period, so far.
 *
 * @param period its end is when the tiers begin anew
 * @param timeZone of the days
 * @param subscription whose billing period it is; empty without one, and for a calendar year
 * @param disputed what sessions with a disputed energy have in the period; not a part of the energy
 * @param amount unrounded; empty when the coverage is unknown
 * @param tiers of the billing period's charge, with what is used of each, of a calendar year those of all its periods
 *     together; empty where there is no such period or the
 *     price cannot be computed
 * @param leftInTier until the current tier is full; empty in the last
 * @param days every day from the period's first to its last, or to today
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
        Optional<Energy> leftInTier,
        List<UsageDay> days) {

    public PeriodUsage {
        tiers = List.copyOf(tiers);
        days = List.copyOf(days);
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
                leftInTier,
                days);
    }

    /** What the next kWh costs at the place that the usage has reached; empty when that is not known. */
    public Optional<NextPrice> nextPrice() {
        return priceAt(energy);
    }

    /** What a kWh costs once {@link NextPrice#left()} is used; empty where the price stays as it is. */
    public Optional<NextPrice> priceAfterwards() {
        return nextPrice().flatMap(NextPrice::left).flatMap(left -> priceAt(energy.plus(left)));
    }

    private Optional<NextPrice> priceAt(Energy used) {
        return subscription.map(Subscription::plan).filter(Plan::isSupported).map(plan -> NextPrice.of(plan, used));
    }

    /** Which period is asked for. */
    public enum Span {
        CURRENT,
        PREVIOUS,
        /** The calendar year that holds today. */
        YEAR
    }
}
