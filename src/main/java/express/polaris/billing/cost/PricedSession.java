package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.TimedPrices;
import express.polaris.billing.pricing.TimedPrices.Bucket;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Events of a session with their billing periods and places. Prices are computed on access: those of a month-long
 * session would not fit into a small heap.
 */
final class PricedSession {

    private static final int NONE = -1;

    private final SessionEvents events;
    private final List<SubscriptionPeriod> periods;
    private final TimedPricesOfSession timed;
    private final int[] periodOf;
    private final long[] before;
    private final Map<Integer, Map<Bucket, Energy>> buckets = new HashMap<>();
    private final List<Fee> fees = new ArrayList<>();
    private Optional<TimedPrices.MissingPrice> missing = Optional.empty();

    /** Starts without a place for any event. */
    PricedSession(SessionEvents events, List<SubscriptionPeriod> periods, TimedPricesOfSession timed) {
        this.events = events;
        this.periods = periods;
        this.timed = timed;
        periodOf = new int[events.size()];
        Arrays.fill(periodOf, NONE);
        before = new long[events.size()];
    }

    /**
     * Sets the place of an event.
     *
     * @param index index of the event
     * @param period index of the period
     * @param energy energy that ranks before it in its period
     */
    void place(int index, int period, Energy energy) {
        periodOf[index] = period;
        before[index] = energy.milliwattHours();
    }

    /** Sets the running totals of the parts of timed charges before events, by position. */
    void buckets(Map<Integer, Map<Bucket, Energy>> totals) {
        buckets.putAll(totals);
    }

    /**
     * Fees of the session in one billing period.
     *
     * @param period index of the period
     */
    record Fee(int period, SessionFees.Priced fee) {}

    void add(int period, SessionFees.Priced fee) {
        fees.add(new Fee(period, fee));
    }

    List<Fee> fees() {
        return List.copyOf(fees);
    }

    /** Whether invoices have everything, and no price is left to give back. */
    boolean isSettled() {
        return events.isSettled() && fees.stream().allMatch(fee -> fee.fee().isSettled());
    }

    /** Takes the place of events that a market price is missing for. */
    void dropWithoutMarketPrice() {
        if (periods.stream().noneMatch(period -> period.plan().isTimed())) {
            return;
        }
        for (int i = 0; i < events.size(); i++) {
            var gap = periodOf[i] == NONE ? Optional.<TimedPrices.MissingPrice>empty() : timed(i).missing();
            if (gap.isPresent()) {
                periodOf[i] = NONE;
                missing = missing.or(() -> gap);
            }
        }
    }

    /** The first market price that some energy has no price without. */
    Optional<TimedPrices.MissingPrice> missingPrice() {
        return missing;
    }

    SessionEvents events() {
        return events;
    }

    /** The billing periods that the session spans. */
    List<SubscriptionPeriod> periods() {
        return periods;
    }

    interface Visitor {

        /**
         * @param period index of the period
         */
        void visit(int period, PricedEvent event);
    }

    /** Visits each priced event with energy, oldest first. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < events.size(); i++) {
            if (periodOf[i] != NONE) {
                visitor.visit(periodOf[i], priced(i));
            }
        }
    }

    private PricedEvent priced(int index) {
        return PricedEvent.of(
                events.get(index), periods.get(periodOf[index]), Energy.ofMilliwattHours(before[index]), timed(index));
    }

    private TimedPrices.Priced timed(int index) {
        if (!periods.get(periodOf[index]).plan().isTimed()) {
            return TimedPrices.Priced.NOTHING;
        }
        var event = events.get(index);
        return timed.of(event, periods.get(periodOf[index]))
                .of(
                        event.measuredFrom(),
                        event.measuredAt(),
                        event.energy(),
                        buckets.getOrDefault(event.position(), Map.of()));
    }

    /**
     * Returns whether everything has a price. An unsealed held event leaves the price unknown even without
     * energy, e.g. a register jump.
     */
    boolean isComplete() {
        return !events.isDisputed()
                && IntStream.range(0, events.size()).allMatch(i -> {
                    var event = events.get(i);
                    return (!event.held() || event.isSealed())
                            && (event.energy().isZero() || periodOf[i] != NONE);
                });
    }

    /**
     * Returns the cost of each event by position: unrounded, zero for an event without energy, absent for one
     * without a price.
     *
     * @param none zero amount, for events without energy
     */
    Map<Integer, Money> amounts(Money none) {
        return new Amounts(none);
    }

    private final class Amounts extends AbstractMap<Integer, Money> {

        private final Money none;

        Amounts(Money none) {
            this.none = none;
        }

        private Optional<Money> at(int index) {
            if (periodOf[index] != NONE) {
                return Optional.of(priced(index).amount());
            }
            return events.get(index).energy().isZero() ? Optional.of(none) : Optional.empty();
        }

        @Override
        public @Nullable Money get(@Nullable Object key) {
            return key instanceof Integer position
                    ? events.find(position).flatMap(this::at).orElse(null)
                    : null;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return get(key) != null;
        }

        @Override
        public Set<Entry<Integer, Money>> entrySet() {
            return new java.util.AbstractSet<>() {

                @Override
                public Iterator<Entry<Integer, Money>> iterator() {
                    return IntStream.range(0, events.size())
                            .boxed()
                            .flatMap(i ->
                                    at(i).map(amount -> Map.entry(events.get(i).position(), amount)).stream())
                            .iterator();
                }

                @Override
                public int size() {
                    return (int) IntStream.range(0, events.size())
                            .filter(i -> at(i).isPresent())
                            .count();
                }
            };
        }
    }
}
