package express.polaris.metering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Chooses the series that carries the session. It has at least two readings other than {@code Transaction.Begin} and
 * {@code Transaction.End}, and no other such series is newer by more than two of its own intervals. Among those, the
 * first in {@link SeriesKey}'s order is chosen; if no series has two readings, the first of all. So a better series
 * that is sent once hides nothing, and one that ends gives way to one that continues.
 */
final class SeriesChoice {

    private SeriesChoice() {}

    /** Instants of regular readings, ascending and distinct. */
    private static final class Times {
        private long[] at = new long[16];
        private int size;

        void add(long instant) {
            if (size > 0 && at[size - 1] == instant) {
                return;
            }
            if (size == at.length) {
                at = Arrays.copyOf(at, size * 2);
            }
            at[size++] = instant;
        }

        long newest() {
            return at[size - 1];
        }

        long medianInterval() {
            var gaps = new long[size - 1];
            for (int i = 0; i < gaps.length; i++) {
                gaps[i] = at[i + 1] - at[i];
            }
            Arrays.sort(gaps);
            return gaps[gaps.length / 2];
        }
    }

    /**
     * @param fits measurands to choose from
     */
    static Optional<SeriesKey> carrying(CountedRows rows, Predicate<Measurand> fits) {
        Map<SeriesKey, Times> series = new TreeMap<>();
        for (int index = 0; index < rows.size(); index++) {
            var key = rows.lane(index).series();
            if (fits.test(key.measurand())) {
                var times = series.computeIfAbsent(key, any -> new Times());
                if (rows.context(index).isRegular()) {
                    times.add(rows.at(index));
                }
            }
        }
        var proven = series.entrySet().stream()
                .filter(entry -> entry.getValue().size >= 2)
                .toList();
        long newest = proven.stream()
                .map(Map.Entry::getValue)
                .map(Times::newest)
                .max(Comparator.naturalOrder())
                .orElse(Long.MIN_VALUE);
        var carrying = proven.stream()
                .filter(entry -> newest - entry.getValue().newest()
                        <= 2 * entry.getValue().medianInterval())
                .map(Map.Entry::getKey)
                .findFirst();
        return carrying.or(() -> series.keySet().stream().findFirst());
    }

    /** As {@link #lanes(CountedRows, Optional, Predicate, int, RowLedger)}, without a spared row. */
    static List<int[]> lanes(
            CountedRows rows, Optional<SeriesKey> chosen, Predicate<Measurand> fits, RowLedger ledger) {
        return lanes(rows, chosen, fits, -1, ledger);
    }

    /**
     * Rows of the chosen series by phase, each by time; other rows of these measurands are rejected.
     *
     * @param spared index of a row that is not rejected; negative for none
     */
    static List<int[]> lanes(
            CountedRows rows, Optional<SeriesKey> chosen, Predicate<Measurand> fits, int spared, RowLedger ledger) {
        var lanes = new ArrayList<int[]>(Phase.MOST);
        for (int phase = 0; phase < Phase.MOST; phase++) {
            int wanted = phase;
            lanes.add(rows.where(index -> {
                var lane = rows.lane(index);
                return chosen.filter(lane.series()::equals).isPresent() && lane.phase() == wanted;
            }));
        }
        for (int index = 0; index < rows.size(); index++) {
            var key = rows.lane(index).series();
            if (index != spared
                    && fits.test(key.measurand())
                    && chosen.filter(key::equals).isEmpty()) {
                ledger.reject(rows.row(index), Fate.OTHER_SERIES);
            }
        }
        return lanes;
    }
}
