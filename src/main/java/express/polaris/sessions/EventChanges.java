package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import express.polaris.units.Energy;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What has to be written so that the stored events become the wanted ones. Stored rows are handed over one by one, in the
 * order of their positions, so that the rows of a long session need not be held.
 */
final class EventChanges {

    private final List<MeterEvent> target;
    private final BitSet written = new BitSet();
    private int stored;
    private boolean lastWasFinal;

    EventChanges(List<MeterEvent> target) {
        this.target = target;
    }

    static EventChanges between(Iterable<SyncedTransactionEvent> stored, List<MeterEvent> target) {
        var changes = new EventChanges(target);
        stored.forEach(changes::compare);
        return changes.complete();
    }

    /** The next stored row. */
    void compare(SyncedTransactionEvent row) {
        if (stored < target.size() && !same(row, target.get(stored))) {
            written.set(stored);
        }
        lastWasFinal = row.event().isFinal();
        stored++;
    }

    /** No row is stored beyond those compared. */
    EventChanges complete() {
        if (stored < target.size()) {
            written.set(stored, target.size());
        }
        return this;
    }

    /** Positions of the rows that are new or different. */
    BitSet written() {
        return written;
    }

    int count() {
        return written.cardinality();
    }

    /** Whether rows at the end are to be removed. */
    boolean shorter() {
        return target.size() < stored;
    }

    /** The position of the first added row. */
    Optional<Integer> appendedFrom() {
        return target.size() > stored ? Optional.of(stored) : Optional.empty();
    }

    /** Whether rows that were stored before are different, or gone. */
    boolean earlierRowsChanged() {
        return shorter() || written.nextSetBit(0) >= 0 && written.nextSetBit(0) < stored;
    }

    /** Whether the last stored row was the session's final reading. */
    boolean wasFinal() {
        return lastWasFinal;
    }

    boolean isEmpty() {
        return written.isEmpty() && !shorter();
    }

    private static boolean same(SyncedTransactionEvent row, MeterEvent event) {
        return row.isSealed() || comparable(row.event()).equals(comparable(event));
    }

    /** Decimals with as many zeros at their end as they like are the same number. */
    private static MeterEvent comparable(MeterEvent event) {
        return new MeterEvent(
                event.position(),
                event.measuredFrom(),
                event.measuredAt(),
                event.meterFrom(),
                event.meterTo(),
                Energy.ofWattHours(event.delta().wattHours()),
                event.power(),
                event.powerDerived(),
                event.soc().map(soc -> soc.stripTrailingZeros()),
                event.flags(),
                event.isFinal());
    }
}
