package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import express.polaris.units.Energy;
import java.util.List;
import java.util.Optional;

/**
 * What has to be written so that the stored events become the wanted ones.
 *
 * @param written rows that are new or different
 * @param shorter rows at the end are to be removed
 * @param appendedFrom position of the first added row
 * @param earlierRowsChanged rows that were stored before are different, or gone
 */
record EventChanges(
        List<MeterEvent> written, boolean shorter, Optional<Integer> appendedFrom, boolean earlierRowsChanged) {

    static EventChanges between(List<SyncedTransactionEvent> stored, List<MeterEvent> target) {
        var written = target.stream()
                .filter(event -> event.position() >= stored.size() || !same(stored.get(event.position()), event))
                .toList();
        boolean shorter = target.size() < stored.size();
        boolean changed = written.stream().anyMatch(event -> event.position() < stored.size());
        return new EventChanges(
                written,
                shorter,
                target.size() > stored.size() ? Optional.of(stored.size()) : Optional.empty(),
                shorter || changed);
    }

    boolean isEmpty() {
        return written.isEmpty() && !shorter;
    }

    private static boolean same(SyncedTransactionEvent row, MeterEvent event) {
        return row.isSealed()
                || comparable(EventReconciliation.asMeterEvent(row, row.delta()))
                        .equals(comparable(event));
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
