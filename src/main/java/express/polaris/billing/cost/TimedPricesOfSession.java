package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.TimedPrices;
import express.polaris.units.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Prices that depend on time or place, for the events of one session; read once for each period and sealing. */
final class TimedPricesOfSession {

    private record Key(SubscriptionPeriod period, Optional<Instant> sealedAt) {}

    private final SessionEvents events;
    private final PriceConditionsReader conditions;
    private final Map<Key, TimedPrices> known = new HashMap<>();

    TimedPricesOfSession(SessionEvents events, PriceConditionsReader conditions) {
        this.events = events;
        this.conditions = conditions;
    }

    TimedPrices of(BilledEvent event, SubscriptionPeriod period) {
        var sealedAt =
                period.plan().isTimed() ? event.seal().map(BilledEvent.Seal::sealedAt) : Optional.<Instant>empty();
        return known.computeIfAbsent(
                new Key(period, sealedAt),
                key -> conditions.timed(
                        period,
                        events.facts().map(SessionEvents.Facts::chargeBox).orElse(""),
                        span(event),
                        sealedAt));
    }

    private Interval span(BilledEvent event) {
        var from = events.from().orElse(event.measuredFrom());
        // Energy of a single instant counts at the instant just before it.
        return new Interval(from.minus(Duration.ofSeconds(1)), events.until().orElse(event.measuredAt()));
    }
}
