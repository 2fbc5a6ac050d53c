package express.polaris.billing.cost;

import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Prices the events of one session, each at its place in its own billing period, and its fees. */
@Component
public class SessionPricing {

    private final BilledEventRepository events;
    private final PriceConditionsReader conditions;
    private final BucketTotals buckets;
    private final SessionFees fees;

    SessionPricing(
            BilledEventRepository events, PriceConditionsReader conditions, BucketTotals buckets, SessionFees fees) {
        this.events = events;
        this.conditions = conditions;
        this.buckets = buckets;
        this.fees = fees;
    }

    /**
     * Prices a session.
     *
     * @param completed the final meter reading confirms its implausible energy
     * @param subscriptions subscriptions of its owner; empty without one
     */
    PricedSession price(SessionId session, boolean completed, List<Subscription> subscriptions) {
        var found = events.of(session, completed);
        var periods = new Periods(subscriptions);
        var priced = new PricedSession(found, periods.found, new TimedPricesOfSession(found, conditions));
        var unsealed = new HashMap<Integer, IntStream.Builder>();
        for (int i = 0; i < found.size(); i++) {
            if (!found.isCounted(i)) {
                continue;
            }
            var event = found.get(i);
            var period = periods.of(event);
            if (period.isEmpty()) {
                continue;
            }
            if (event.seal().isEmpty()) {
                unsealed.computeIfAbsent(period.get(), key -> IntStream.builder())
                        .add(i);
            } else if (hasPrice(event)) {
                priced.place(i, period.get(), event.seal().get().before());
            }
        }
        unsealed.forEach((period, part) -> atTheirPlace(period, part.build().toArray(), priced));
        priced.periods().stream()
                .filter(buckets::areNeeded)
                .forEach(period -> priced.buckets(buckets.before(session, period)));
        priced.dropWithoutMarketPrice();
        fees.of(found, subscriptions)
                .forEach(fee -> periods.index(fee.period()).ifPresent(index -> priced.add(index, fee)));
        return priced;
    }

    private void atTheirPlace(int period, int[] indexes, PricedSession priced) {
        var part = priced.events().at(indexes);
        if (part.stream().anyMatch(SessionPricing::hasPrice)) {
            var before = events.before(part, priced.periods().get(period));
            for (int i = 0; i < indexes.length; i++) {
                if (hasPrice(part.get(i))) {
                    priced.place(indexes[i], period, Energy.ofMilliwattHours(before[i]));
                }
            }
        }
    }

    private static boolean hasPrice(BilledEvent event) {
        return !event.energy().isZero() && !event.held();
    }

    /** Billing periods of events that can be priced; a session has few. */
    private static final class Periods {

        private final List<Subscription> subscriptions;
        private final List<SubscriptionPeriod> found = new ArrayList<>();
        private final Map<Sealed, Optional<Integer>> sealed = new HashMap<>();
        private Optional<SubscriptionPeriod> last = Optional.empty();
        private Optional<Integer> indexOfLast = Optional.empty();

        Periods(List<Subscription> subscriptions) {
            this.subscriptions = subscriptions;
        }

        private record Sealed(SubscriptionId subscription, Instant periodFrom) {}

        /** Returns the index of the event's period; empty without a subscription or a computable price. */
        Optional<Integer> of(BilledEvent event) {
            if (event.seal().isPresent()) {
                var seal = event.seal().get();
                return sealed.computeIfAbsent(
                        new Sealed(seal.subscription(), seal.periodFrom()),
                        place -> subscriptions.stream()
                                .filter(subscription -> subscription.id().equals(place.subscription()))
                                .map(subscription -> subscription.periodAt(place.periodFrom()))
                                .findFirst()
                                .flatMap(this::index));
            }
            if (last.filter(period -> period.covers(event.measuredAt())).isEmpty()) {
                last = subscriptions.stream()
                        .filter(subscription -> subscription.covers(event.measuredAt()))
                        .map(subscription -> subscription.periodOfReading(event.measuredAt()))
                        .findFirst();
                indexOfLast = last.flatMap(this::index);
            }
            return indexOfLast;
        }

        Optional<Integer> index(SubscriptionPeriod period) {
            if (!period.plan().isSupported()) {
                return Optional.empty();
            }
            if (!found.contains(period)) {
                found.add(period);
            }
            return Optional.of(found.indexOf(period));
        }
    }
}
