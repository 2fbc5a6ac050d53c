package express.polaris.metering;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** The intervals of all phases, instant by instant in the order of time: those of one instant are one interval. */
final class PhaseIntervals {

    private final List<RegisterReadings> phases;
    private final int[] next;
    private final long[] values;
    private final int[] rows;
    private int size;
    private long at;
    private Context context = Context.BEGIN;

    /** @param phases with one reading of each instant */
    PhaseIntervals(List<RegisterReadings> phases) {
        this.phases = phases;
        next = new int[phases.size()];
        values = new long[phases.size()];
        rows = new int[phases.size()];
    }

    /** Moves on to the next instant and returns true, or returns false at the end. */
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

    /** Keeps only the phases whose own interval fits, and rejects the rows of the others as outliers. */
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

    /** The sum of the phases. */
    long value() {
        return Arrays.stream(values, 0, size).sum();
    }

    /** The one that is preferred among the phases. */
    Context context() {
        return context;
    }

    /** Rows of the phases that are there. */
    int[] rows() {
        return Arrays.copyOf(rows, size);
    }
}
