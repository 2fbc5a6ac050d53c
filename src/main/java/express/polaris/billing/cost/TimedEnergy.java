package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.PriceConditions;
import express.polaris.billing.pricing.TimedPrices;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices of one billing period that depend on time or place. What they depend on is read once for each sealing, except for
 * energy that was measured from long before the period on.
 */
public final class TimedEnergy {

    private static final Duration READ_BEFORE = Duration.ofDays(1);

    private final SubscriptionPeriod period;
    private final PriceConditionsReader reader;
    private final Interval span;
    private final Map<Optional<Instant>, PriceConditions> conditions = new HashMap<>();
    private final Map<Key, TimedPrices> prices = new HashMap<>();

    TimedEnergy(SubscriptionPeriod period, PriceConditionsReader reader) {
        this.period = period;
        this.reader = reader;
        var bounds = period.inForce();
        this.span = new Interval(bounds.from().minus(READ_BEFORE), bounds.to());
    }

    private record Key(String chargeBox, Optional<Instant> sealedAt) {}

    /**
     * Energy of an event.
     *
     * @param from reading before
     * @param to reading
     * @param sealedAt empty for an event that is not sealed
     */
    public record Measured(String chargeBox, Instant from, Instant to, Optional<Instant> sealedAt) {}

    /**
     * Prices some energy of an event.
     *
     * @param before running totals of bands with tiers
     */
    public TimedPrices.Priced of(Measured event, Energy energy, Map<Bucket, Energy> before) {
        return pricesOf(event).of(event.from(), event.to(), energy, before);
    }

    private TimedPrices pricesOf(Measured event) {
        if (event.from().isBefore(span.from()) || event.to().isAfter(span.to())) {
            return reader.timed(
                    period,
                    event.chargeBox(),
                    new Interval(event.from().minusSeconds(1), event.to()),
                    event.sealedAt());
        }
        return prices.computeIfAbsent(
                new Key(event.chargeBox(), event.sealedAt()),
                key -> new TimedPrices(
                        period.plan().charges(),
                        conditions.computeIfAbsent(
                                key.sealedAt(),
                                at -> reader.of(
                                        period.plan(), period.subscription().timeZone(), span, at)),
                        key.chargeBox(),
                        span));
    }
}
