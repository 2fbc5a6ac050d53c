package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.plans.SubscriptionRepository;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Price of the difference between SteVe's energy and the measured energy: by the driver's plan at the start of the
 * session, at the session's place in the billing period. A session that cannot be priced, or whose lookup fails, is
 * left out.
 */
@Service
public class DisputePrices {

    private static final Logger log = LoggerFactory.getLogger(DisputePrices.class);

    private final SubscriptionRepository subscriptions;
    private final BilledEventRepository events;

    DisputePrices(SubscriptionRepository subscriptions, BilledEventRepository events) {
        this.subscriptions = subscriptions;
        this.events = events;
    }

    /**
     * Returns the disputed amounts, never negative; omits sessions without an owner or with a plan that cannot
     * be priced.
     */
    public Map<SessionId, Money> of(Collection<ChargingSession> disputed) {
        var prices = new HashMap<SessionId, Money>();
        for (var session : disputed) {
            try {
                price(session).ifPresent(price -> prices.put(session.id(), price));
            } catch (DataAccessException e) {
                log.warn("Cannot price the disputed energy of session {}", session.id(), e);
            }
        }
        return prices;
    }

    private Optional<Money> price(ChargingSession session) {
        var steve = session.steveEnergy();
        var measured = session.energies().measured();
        if (steve.isEmpty() || measured.isEmpty()) {
            return Optional.empty();
        }
        // A session start on a boundary belongs to the period that begins there.
        var at = session.startedAt().plusNanos(1_000);
        return session.driver().map(subscriptions::of).orElse(List.of()).stream()
                .filter(subscription ->
                        subscription.covers(at) && subscription.plan().isSupported())
                .findFirst()
                .map(subscription -> subscription.periodOfReading(at))
                .map(period -> between(session, period, at, measured.get(), steve.get()));
    }

    private Money between(ChargingSession session, SubscriptionPeriod period, Instant at, Energy one, Energy other) {
        var start = new BilledEvent(session.id(), 0, at, at, Energy.ZERO, false, false, Optional.empty());
        var before = Energy.ofMilliwattHours(events.before(List.of(start), period)[0]);
        var plan = period.plan();
        var amount = plan.owed(before.plus(other)).subtract(plan.owed(before.plus(one)));
        return new Money(amount.abs(), plan.currency());
    }
}
