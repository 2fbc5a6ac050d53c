package express.polaris.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of several rows for one instant (and phase) {@code Transaction.End} wins, then the higher value. Phases are added up,
 * but only at instants that have all phases seen until then: half a sum would look like a fall.
 */
final class OneReadingPerInstant {

    private static final Comparator<Sample> STRENGTH =
            Comparator.comparing(Sample::isEnd).thenComparing(Sample::quantity);

    private OneReadingPerInstant() {}

    /** @return readings in the order of time, at most one an instant */
    static List<MeterReading> of(List<Sample> series, RowLedger ledger) {
        var instants = new TreeMap<Instant, Map<Phase, Sample>>();
        for (var sample : series) {
            var winners = instants.computeIfAbsent(sample.at(), at -> new EnumMap<>(Phase.class));
            winners.merge(sample.phase(), sample, (one, other) -> stronger(one, other, ledger));
        }
        var seen = EnumSet.noneOf(Phase.class);
        var readings = new ArrayList<MeterReading>(instants.size());
        instants.forEach((at, winners) -> {
            seen.addAll(winners.keySet());
            if (winners.size() == seen.size()) {
                readings.add(sum(at, winners.values()));
            } else {
                winners.values().forEach(sample -> ledger.reject(sample.row(), "phase_incomplete"));
            }
        });
        return readings;
    }

    private static Sample stronger(Sample first, Sample second, RowLedger ledger) {
        var winner = STRENGTH.compare(second, first) > 0 ? second : first;
        var loser = winner == first ? second : first;
        boolean same = winner.quantity().compareTo(loser.quantity()) == 0;
        ledger.reject(loser.row(), same ? "duplicate" : "superseded");
        return winner;
    }

    private static MeterReading sum(Instant at, Collection<Sample> phases) {
        var quantity = phases.stream().map(Sample::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new MeterReading(
                at,
                quantity,
                phases.stream().anyMatch(Sample::isEnd),
                phases.stream().map(Sample::row).toList());
    }
}
