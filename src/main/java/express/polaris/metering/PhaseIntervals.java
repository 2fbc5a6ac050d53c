package express.polaris.metering;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** Iterates over the intervals of all phases by instant; those of one instant form one interval. */
final class PhaseIntervals {

    private final List<RegisterReadings> phases;
    private final int[] next;
    private final long[] values;
    private final int[] rows;
    private int size;
    private long at;
    private Context context = Context.BEGIN;

    /**
     * @param phases with one reading per instant
     */
    PhaseIntervals(List<RegisterReadings> phases) {
        this.phases = phases;
        next = new int[phases.size()];
        values = new long[phases.size()];
        rows = new int[phases.size()];
    }

    /** Moves to the next instant; returns false at the end. */
    boolean advance() {
        at = Long.MAX_VALUE;
        for (int phase = 0; phase < next.length; phase++) {
            if (next[phase] < phases.get(phase).size()) {
                at = Math.min(at, phases.get(phase).at(next[phase]));
            }
        }
        size = 0;
        context = Context.BEGIN;
        for (int phase = 0; phase < next.length; phase++) {
            var readings = phases.get(phase);
            int i = next[phase];
            if (i < readings.size() && readings.at(i) == at) {
                context = readings.context(i).compareTo(context) < 0 ? readings.context(i) : context;
                values[size] = readings.value(i);
                rows[size] = readings.row(i);
                size++;
                next[phase]++;
            }
        }
        return size > 0;
    }

    /** Keeps the phases whose own interval fits; rejects the rows of the others as outliers. */
    void keep(LongPredicate fits, RowLedger ledger) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (fits.test(values[i])) {
                values[kept] = values[i];
                rows[kept] = rows[i];
                kept++;
            } else {
                ledger.reject(rows[i], Fate.OUTLIER);
            }
        }
        size = kept;
    }

    long at() {
        return at;
    }

    /** Sum of the phases. */
    long value() {
        return Arrays.stream(values, 0, size).sum();
    }

    /** The preferred context among the phases. */
    Context context() {
        return context;
    }

    /** Rows of the phases that are present. */
    int[] rows() {
        return Arrays.copyOf(rows, size);
    }
}
