package express.polaris.billing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Prices the events of one session, each in its own billing period and at its own place in it. */
@Component
class SessionPricing {

    private final BilledEventRepository events;

    SessionPricing(BilledEventRepository events) {
        this.events = events;
    }

    /**
     * A session's events and their prices.
     *
     * @param events all of them, by position
     * @param priced those with energy that have a price
     */
    record Priced(List<BilledEvent> events, Map<Integer, PricedEvent> priced) {

        boolean isComplete() {
            return events.stream().allMatch(event -> event.delta().isZero() || priced.containsKey(event.position()));
        }

        boolean isSealed() {
            return !events.isEmpty() && events.stream().allMatch(BilledEvent::isSealed);
        }
    }

    /**
     * Prices a session.
     *
     * @param completed its implausible energy is confirmed by the final meter reading
     * @param subscriptions of its owner; none when it has none
     */
    Priced price(SessionId session, boolean completed, List<Subscription> subscriptions) {
        var all = events.of(session, completed);
        var priced = new HashMap<Integer, PricedEvent>();
        var unsealed = new HashMap<SubscriptionPeriod, List<BilledEvent>>();
        for (var event : all) {
            if (!event.delta().isZero() && !event.held()) {
                periodOf(event, subscriptions)
                        .filter(period -> period.subscription().plan().isSupported())
                        .ifPresent(period -> event.seal()
                                .ifPresentOrElse(
                                        seal -> priced.put(
                                                event.position(), PricedEvent.of(event, period, seal.before())),
                                        () -> unsealed.computeIfAbsent(period, key -> new ArrayList<>())
                                                .add(event)));
            }
        }
        unsealed.forEach((period, part) -> priced.putAll(atTheirPlace(period, part)));
        return new Priced(all, priced);
    }

    private Map<Integer, PricedEvent> atTheirPlace(SubscriptionPeriod period, List<BilledEvent> part) {
        Map<Integer, Energy> before = events.before(part, period);
        var priced = new HashMap<Integer, PricedEvent>();
        for (var event : part) {
            Optional.ofNullable(before.get(event.position()))
                    .ifPresent(energy -> priced.put(event.position(), PricedEvent.of(event, period, energy)));
        }
        return priced;
    }

    private static Optional<SubscriptionPeriod> periodOf(BilledEvent event, List<Subscription> subscriptions) {
        if (event.seal().isPresent()) {
            var seal = event.seal().get();
            return subscriptions.stream()
                    .filter(subscription -> subscription.id().equals(seal.subscription()))
                    .map(subscription -> subscription.periodAt(seal.periodFrom()))
                    .findFirst();
        }
        return subscriptions.stream()
                .filter(subscription -> subscription.covers(event.billedAt()))
                .map(subscription -> subscription.periodOfReading(event.billedAt()))
                .findFirst();
    }
}
