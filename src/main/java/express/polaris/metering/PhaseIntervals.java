package express.polaris.metering;

import java.util.Arrays;
import java.util.List;

/** The intervals of all phases of one instant, added up: one reading each, in the order of time. */
final class PhaseIntervals {

    private final List<RegisterReadings> phases;
    private final int[] next;
    private final int[] rows;
    private int size;
    private long at;
    private long value;
    private Context context = Context.BEGIN;

    /** @param phases with one reading of each instant; none without a reading */
    PhaseIntervals(List<RegisterReadings> phases) {
        this.phases = phases;
        next = new int[phases.size()];
        rows = new int[phases.size()];
    }

    /** Goes to the next instant; false when there is none. */
    boolean advance() {
        at = Long.MAX_VALUE;
        for (int phase = 0; phase < next.length; phase++) {
            if (next[phase] < phases.get(phase).size()) {
                at = Math.min(at, phases.get(phase).at(next[phase]));
            }
        }
        size = 0;
        value = 0;
        context = Context.BEGIN;
        for (int phase = 0; phase < next.length; phase++) {
            var readings = phases.get(phase);
            int i = next[phase];
            if (i < readings.size() && readings.at(i) == at) {
                value += readings.value(i);
                context = readings.context(i).compareTo(context) < 0 ? readings.context(i) : context;
                rows[size++] = readings.row(i);
                next[phase]++;
            }
        }
        return size > 0;
    }

    long at() {
        return at;
    }

    /** The sum of the phases. */
    long value() {
        return value;
    }

    /** The one that is preferred among the phases. */
    Context context() {
        return context;
    }

    /** Rows of the phases that have a reading then, at least one. */
    int[] rows() {
        return Arrays.copyOf(rows, size);
    }

    /** Whether a phase that has readings has none then. */
    boolean lacksPhase() {
        return size < phases.size();
    }
}
