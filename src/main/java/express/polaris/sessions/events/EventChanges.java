package express.polaris.sessions.events;

import express.polaris.metering.MeterEvent;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Difference between the stored events of a session and the target. Stored rows are passed one by one, in the order of
 * their positions, so that the rows of a long session need not be held in memory.
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

    /** Compares the next stored row. */
    void compare(SyncedTransactionEvent row) {
        if (stored < target.size() && !same(row, target.get(stored))) {
            written.set(stored);
        }
        lastWasFinal = row.event().isFinal();
        stored++;
    }

    /** Ends the comparison: there are no more stored rows. */
    EventChanges complete() {
        if (stored < target.size()) {
            written.set(stored, target.size());
        }
        return this;
    }

    /** Positions of new or changed rows. */
    BitSet written() {
        return written;
    }

    int count() {
        return written.cardinality();
    }

    /** Whether rows at the end must be removed. */
    boolean shorter() {
        return target.size() < stored;
    }

    /** Position of the first appended row; empty if none is appended. */
    Optional<Integer> appendedFrom() {
        return target.size() > stored ? Optional.of(stored) : Optional.empty();
    }

    /** Whether stored rows are changed or removed. */
    boolean earlierRowsChanged() {
        return shorter() || written.nextSetBit(0) >= 0 && written.nextSetBit(0) < stored;
    }

    /** Whether the last stored row is final. */
    boolean wasFinal() {
        return lastWasFinal;
    }

    boolean isEmpty() {
        return written.isEmpty() && !shorter();
    }

    private static boolean same(SyncedTransactionEvent row, MeterEvent event) {
        return row.isSealed() || comparable(row.event()).equals(comparable(event));
    }

    /** Makes decimals comparable regardless of trailing zeros. */
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
