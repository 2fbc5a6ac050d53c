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
     * @param priced those with energy that have a price, by position
     */
    record Priced(SessionEvents events, Map<Integer, PricedEvent> priced) {

        /** A register that jumps leaves the price unknown although the jump itself brings no energy. */
        boolean isComplete() {
            return !events.disputed()
                    && events.all().stream()
                            .allMatch(event -> (!event.held() || event.isSealed())
                                    && (event.energy().isZero() || priced.containsKey(event.position())));
        }
    }

    /**
     * Prices a session.
     *
     * @param completed its implausible energy is confirmed by the final meter reading
     * @param subscriptions of its owner; none when it has none
     */
    Priced price(SessionId session, boolean completed, List<Subscription> subscriptions) {
        var found = events.of(session, completed);
        var priced = new HashMap<Integer, PricedEvent>();
        var unsealed = new HashMap<SubscriptionPeriod, List<BilledEvent>>();
        var periods = new Periods(subscriptions);
        for (var event : found.counted()) {
            periods.of(event)
                    .filter(period -> period.subscription().plan().isSupported())
                    .ifPresent(period -> event.seal()
                            .ifPresentOrElse(
                                    seal -> price(event, period, seal.before(), priced),
                                    () -> unsealed.computeIfAbsent(period, key -> new ArrayList<>())
                                            .add(event)));
        }
        unsealed.forEach((period, part) -> atTheirPlace(period, part, priced));
        return new Priced(found, priced);
    }

    private void atTheirPlace(SubscriptionPeriod period, List<BilledEvent> part, Map<Integer, PricedEvent> priced) {
        if (part.stream().anyMatch(SessionPricing::hasPrice)) {
            var before = events.before(part, period);
            for (var event : part) {
                Optional.ofNullable(before.get(event.position()))
                        .ifPresent(energy -> price(event, period, energy, priced));
            }
        }
    }

    private static void price(
            BilledEvent event, SubscriptionPeriod period, Energy before, Map<Integer, PricedEvent> priced) {
        if (hasPrice(event)) {
            priced.put(event.position(), PricedEvent.of(event, period, before));
        }
    }

    private static boolean hasPrice(BilledEvent event) {
        return !event.energy().isZero() && !event.held();
    }

    /** The billing periods of events; those of one session are few. */
    private static final class Periods {

        private final List<Subscription> subscriptions;
        private Optional<SubscriptionPeriod> last = Optional.empty();

        Periods(List<Subscription> subscriptions) {
            this.subscriptions = subscriptions;
        }

        Optional<SubscriptionPeriod> of(BilledEvent event) {
            if (event.isSealed()
                    || last.filter(period -> period.covers(event.measuredAt())).isEmpty()) {
                last = periodOf(event, subscriptions);
            }
            return last;
        }
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
                .filter(subscription -> subscription.covers(event.measuredAt()))
                .map(subscription -> subscription.periodOfReading(event.measuredAt()))
                .findFirst();
    }
}
