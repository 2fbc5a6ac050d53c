package express.polaris.metering;

import java.util.Arrays;
import java.util.List;

/**
 * Readings of one register by time. Readings of one instant are alternatives: they are adjacent, the preferred ones
 * first ({@link Context}, then the smaller value), and equal values appear once.
 *
 * <p>Values are in mWh, times are microseconds since 1970.
 */
final class RegisterReadings {

    /** Row number of SteVe's stop value, which is no row. */
    static final int STOP = -1;

    private int size;
    private long[] at;
    private long[] value;
    private int[] row;
    private Context[] context;

    private RegisterReadings(int capacity) {
        at = new long[capacity];
        value = new long[capacity];
        row = new int[capacity];
        context = new Context[capacity];
    }

    /**
     * @param indices of the register's rows, by time
     * @param ledger receives the rows that repeat another one
     */
    static RegisterReadings of(CountedRows rows, int[] indices, RowLedger ledger) {
        var readings = new RegisterReadings(indices.length + 1);
        int from = 0;
        while (from < indices.length) {
            int to = from + 1;
            while (to < indices.length && rows.at(indices[to]) == rows.at(indices[from])) {
                to++;
            }
            readings.addInstant(rows, indices, from, to, ledger);
            from = to;
        }
        return readings;
    }

    private void addInstant(CountedRows rows, int[] indices, int from, int to, RowLedger ledger) {
        if (to - from == 1) {
            add(
                    rows.at(indices[from]),
                    rows.quantity(indices[from]),
                    rows.row(indices[from]),
                    rows.context(indices[from]));
            return;
        }
        int first = size;
        Arrays.stream(indices, from, to)
                .boxed()
                .sorted((one, other) -> {
                    int byContext = rows.context(one).compareTo(rows.context(other));
                    return byContext != 0 ? byContext : Long.compare(rows.quantity(one), rows.quantity(other));
                })
                .forEach(index -> {
                    if (isThere(first, rows.quantity(index))) {
                        ledger.reject(rows.row(index), Fate.DUPLICATE);
                    } else {
                        add(rows.at(index), rows.quantity(index), rows.row(index), rows.context(index));
                    }
                });
    }

    private boolean isThere(int from, long quantity) {
        for (int i = from; i < size; i++) {
            if (value[i] == quantity) {
                return true;
            }
        }
        return false;
    }

    private void add(long instant, long quantity, int number, Context reason) {
        if (size == at.length) {
            int longer = size * 2;
            at = Arrays.copyOf(at, longer);
            value = Arrays.copyOf(value, longer);
            row = Arrays.copyOf(row, longer);
            context = Arrays.copyOf(context, longer);
        }
        at[size] = instant;
        value[size] = quantity;
        row[size] = number;
        context[size] = reason;
        size++;
    }

    static RegisterReadings none() {
        return new RegisterReadings(1);
    }

    /** Copy without trailing {@code Transaction.End} readings. */
    RegisterReadings withoutLastEnd() {
        long last = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            last = context[i] == Context.END ? last : at[i];
        }
        var readings = new RegisterReadings(size + 1);
        for (int i = 0; i < size; i++) {
            if (context[i] != Context.END || at[i] < last) {
                readings.add(at[i], value[i], row[i], context[i]);
            }
        }
        return readings;
    }

    /** Copy with only the preferred reading of each instant; rejects the rows of the others. */
    RegisterReadings preferred(RowLedger ledger) {
        var readings = new RegisterReadings(size + 1);
        for (int i = 0; i < size; i++) {
            if (opensInstant(i)) {
                readings.add(at[i], value[i], row[i], context[i]);
            } else {
                ledger.reject(row[i], Fate.SUPERSEDED);
            }
        }
        return readings;
    }

    /** Merges the intervals of several phases: those of one instant are added up. */
    static RegisterReadings together(List<RegisterReadings> phases) {
        var readings = new RegisterReadings(1);
        for (var instants = new PhaseIntervals(phases); instants.advance(); ) {
            readings.add(instants.at(), instants.value(), instants.rows()[0], instants.context());
        }
        return readings;
    }

    /** Running sum of the values on top of {@code from}, given one reading per instant: a register of intervals. */
    RegisterReadings addedUp(long from) {
        var readings = new RegisterReadings(size + 1);
        long sum = from;
        for (int i = 0; i < size; i++) {
            sum += value[i];
            readings.add(at[i], sum, row[i], context[i]);
        }
        return readings;
    }

    /** Median time between two instants; zero with fewer than two. */
    long medianDistance() {
        var distances = new long[Math.max(0, size - 1)];
        int found = 0;
        for (int i = 1; i < size; i++) {
            if (opensInstant(i)) {
                distances[found++] = at[i] - at[i - 1];
            }
        }
        Arrays.sort(distances, 0, found);
        return found == 0 ? 0 : distances[found / 2];
    }

    /** Copy with SteVe's stop value as the last reading, after those of its instant. */
    RegisterReadings withStop(long instant, long quantity) {
        var readings = new RegisterReadings(size + 1);
        for (int i = 0; i < size; i++) {
            readings.add(at[i], value[i], row[i], context[i]);
        }
        readings.add(instant, quantity, STOP, Context.END);
        return readings;
    }

    int size() {
        return size;
    }

    long at(int i) {
        return at[i];
    }

    long value(int i) {
        return value[i];
    }

    int row(int i) {
        return row[i];
    }

    Context context(int i) {
        return context[i];
    }

    /** Whether this reading begins a new instant; the stop value always does. */
    boolean opensInstant(int i) {
        return i == 0 || at[i] != at[i - 1] || row[i] == STOP;
    }
}
