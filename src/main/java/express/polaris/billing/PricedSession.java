package express.polaris.billing;

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
 * The events of a session, each in its billing period and at its place there. A price is computed when it is asked for:
 * those of a month would not fit into a small heap.
 */
final class PricedSession {

    private static final int NONE = -1;

    private final SessionEvents events;
    private final List<SubscriptionPeriod> periods;
    private final int[] periodOf;
    private final long[] before;

    /** No event has a price yet. */
    PricedSession(SessionEvents events, List<SubscriptionPeriod> periods) {
        this.events = events;
        this.periods = periods;
        periodOf = new int[events.size()];
        Arrays.fill(periodOf, NONE);
        before = new long[events.size()];
    }

    /**
     * Gives an event its place.
     *
     * @param index of the event
     * @param period of the periods
     * @param energy that ranks before it in its period
     */
    void place(int index, int period, Energy energy) {
        periodOf[index] = period;
        before[index] = energy.milliwattHours();
    }

    SessionEvents events() {
        return events;
    }

    /** The billing periods that the session lies in. */
    List<SubscriptionPeriod> periods() {
        return periods;
    }

    interface Visitor {

        /** @param period of the periods */
        void visit(int period, PricedEvent event);
    }

    /** Shows each event with energy that has a price, oldest first. */
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

    /** A register that jumps leaves the price unknown although the jump itself brings no energy. */
    boolean isComplete() {
        return !events.isDisputed()
                && IntStream.range(0, events.size()).allMatch(i -> {
                    var event = events.get(i);
                    return (!event.held() || event.isSealed())
                            && (event.energy().isZero() || periodOf[i] != NONE);
                });
    }

    /**
     * What the events cost, by position: unrounded, zero for one without energy, nothing for one without a price.
     *
     * @param none zero, for events without energy
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
