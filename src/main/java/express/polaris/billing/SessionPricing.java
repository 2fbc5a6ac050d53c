package express.polaris.billing;

import express.polaris.billing.BilledEventRepository.Place;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Prices the events of sessions, each in its own billing period and at its own place in it. */
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
     * Prices sessions of one driver, with one statement for their events and one for each billing period.
     *
     * @param sessions a completed one's implausible energy is confirmed by its final meter reading
     * @param subscriptions of the owner; none when they have none
     * @return for each of the sessions
     */
    Map<SessionId, Priced> price(Collection<ChargingSession> sessions, List<Subscription> subscriptions) {
        var all = events.of(ids(sessions, session -> true), ids(sessions, SessionPricing::isCompleted));
        var priced = new HashMap<Place, PricedEvent>();
        var unsealed = new HashMap<SubscriptionPeriod, List<BilledEvent>>();
        for (var event : all) {
            if (!event.delta().isZero() && !event.held()) {
                periodOf(event, subscriptions)
                        .filter(period -> period.subscription().plan().isSupported())
                        .ifPresent(period -> event.seal()
                                .ifPresentOrElse(
                                        seal -> priced.put(
                                                Place.of(event), PricedEvent.of(event, period, seal.before())),
                                        () -> unsealed.computeIfAbsent(period, key -> new ArrayList<>())
                                                .add(event)));
            }
        }
        unsealed.forEach((period, part) -> priced.putAll(atTheirPlace(period, part)));
        return bySession(sessions, all, priced);
    }

    private static Map<SessionId, Priced> bySession(
            Collection<ChargingSession> sessions, List<BilledEvent> all, Map<Place, PricedEvent> priced) {
        var events = all.stream().collect(Collectors.groupingBy(BilledEvent::session));
        var found = new HashMap<SessionId, Priced>();
        for (var session : sessions) {
            var own = events.getOrDefault(session.id(), List.of());
            var prices = new HashMap<Integer, PricedEvent>();
            own.forEach(event -> Optional.ofNullable(priced.get(Place.of(event)))
                    .ifPresent(price -> prices.put(event.position(), price)));
            found.put(session.id(), new Priced(own, prices));
        }
        return found;
    }

    private Map<Place, PricedEvent> atTheirPlace(SubscriptionPeriod period, List<BilledEvent> part) {
        var before = events.before(part, period);
        var priced = new HashMap<Place, PricedEvent>();
        for (var event : part) {
            Optional.ofNullable(before.get(Place.of(event)))
                    .ifPresent(energy -> priced.put(Place.of(event), PricedEvent.of(event, period, energy)));
        }
        return priced;
    }

    private static boolean isCompleted(ChargingSession session) {
        return session.status() == SessionStatus.COMPLETED;
    }

    private static List<SessionId> ids(Collection<ChargingSession> sessions, Predicate<ChargingSession> wanted) {
        return sessions.stream().filter(wanted).map(ChargingSession::id).toList();
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
