package express.polaris.metering;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Readings of power or of the state of charge by time, one per instant. Quantities are in mW or 0.001 %, times are
 * microseconds since 1970.
 */
final class Gauge {

    private int size;
    private long[] at;
    private long[] quantity;
    private int[][] rows;

    private Gauge(int capacity) {
        at = new long[capacity];
        quantity = new long[capacity];
        rows = new int[capacity][];
    }

    static Gauge of(CountedRows rows, Measurand measurand, RowLedger ledger) {
        Predicate<Measurand> fits = measurand::equals;
        var key = SeriesChoice.carrying(rows, fits);
        var lanes = SeriesChoice.lanes(rows, key, fits, ledger).stream()
                .map(lane -> onePerInstant(RegisterReadings.of(rows, lane, ledger), ledger))
                .filter(lane -> lane.size > 0)
                .toList();
        return lanes.size() == 1 ? lanes.getFirst() : together(lanes, ledger);
    }

    private static Gauge onePerInstant(RegisterReadings readings, RowLedger ledger) {
        var gauge = new Gauge(readings.size());
        for (int i = 0; i < readings.size(); i++) {
            if (readings.opensInstant(i)) {
                gauge.add(readings.at(i), readings.value(i), readings.row(i));
            } else {
                ledger.reject(readings.row(i), Fate.SUPERSEDED);
            }
        }
        return gauge;
    }

    private void add(long instant, long amount, int... of) {
        at[size] = instant;
        quantity[size] = amount;
        rows[size] = of;
        size++;
    }

    /**
     * Sum of the phases. An instant that lacks a phase of the previous instant is left out, unless the next instant
     * lacks it too: then the phase is switched off. The last instant is left out in any case.
     */
    private static Gauge together(List<Gauge> phases, RowLedger ledger) {
        long[] instants = phases.stream()
                .flatMapToLong(phase -> Arrays.stream(phase.at, 0, phase.size))
                .sorted()
                .distinct()
                .toArray();
        int[] present = new int[instants.length];
        for (int phase = 0; phase < phases.size(); phase++) {
            var one = phases.get(phase);
            for (int i = 0, next = 0; i < instants.length && next < one.size; i++) {
                if (one.at[next] == instants[i]) {
                    present[i] |= 1 << phase;
                    next++;
                }
            }
        }
        var sum = new Gauge(instants.length);
        int[] next = new int[phases.size()];
        for (int i = 0; i < instants.length; i++) {
            long amount = 0;
            int[] of = new int[Integer.bitCount(present[i])];
            int found = 0;
            for (int phase = 0; phase < phases.size(); phase++) {
                if ((present[i] & 1 << phase) != 0) {
                    var one = phases.get(phase);
                    amount += one.quantity[next[phase]];
                    of[found++] = one.rows[next[phase]][0];
                    next[phase]++;
                }
            }
            int missing = i == 0 ? 0 : present[i - 1] & ~present[i];
            int missingToo = i + 1 == instants.length ? missing : missing & present[i + 1];
            if (missing != 0 && missingToo != 0) {
                Arrays.stream(of).forEach(row -> ledger.reject(row, Fate.PHASE_INCOMPLETE));
                present[i] |= missing;
            } else {
                sum.add(instants[i], amount, of);
            }
        }
        return sum;
    }

    int size() {
        return size;
    }

    long at(int i) {
        return at[i];
    }

    long quantity(int i) {
        return quantity[i];
    }

    int[] rows(int i) {
        return rows[i];
    }

    /** Index of the latest reading; empty without readings. */
    Optional<Integer> last() {
        return size == 0 ? Optional.empty() : Optional.of(size - 1);
    }
}
