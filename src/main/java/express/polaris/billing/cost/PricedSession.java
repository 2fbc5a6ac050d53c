package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.util.AbstractMap;
import java.util.Arrays;
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
    private final int[] periodOf;
    private final long[] before;

    /** Starts without a place for any event. */
    PricedSession(SessionEvents events, List<SubscriptionPeriod> periods) {
        this.events = events;
        this.periods = periods;
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
        return PricedEvent.of(events.get(index), periods.get(periodOf[index]), Energy.ofMilliwattHours(before[index]));
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
