package express.polaris.metering;

import java.util.Arrays;
import java.util.Optional;

/** Outcome of each row. The first one recorded is kept: every row has exactly one outcome. */
final class RowLedger {

    private static final Fate[] FATES = Fate.values();
    private static final byte UNSPOKEN = -1;
    private static final int NOWHERE = -1;

    private final MeterValues values;
    private final byte[] fates;
    private final int[] positions;

    RowLedger(MeterValues values) {
        this.values = values;
        fates = new byte[values.size()];
        Arrays.fill(fates, UNSPOKEN);
        positions = new int[values.size()];
        Arrays.fill(positions, NOWHERE);
    }

    /**
     * @param row negative for a reading that is no row, such as SteVe's stop value
     */
    void reject(int row, Fate fate) {
        settle(row, fate, NOWHERE);
    }

    /**
     * @param row negative for a reading that is no row, such as SteVe's stop value
     */
    void became(int row, int position, Fate fate) {
        settle(row, fate, position);
    }

    boolean isOpen(int row) {
        return fates[row] == UNSPOKEN;
    }

    RowOutcome outcome(int row) {
        var problem = values.problem(row);
        if (problem.isPresent()) {
            return new RowOutcome(row, Optional.empty(), problem.get());
        }
        var fate = fates[row] == UNSPOKEN ? Fate.NO_EVENT : FATES[fates[row]];
        var word = fate == Fate.HELD_UNTIL ? fate.word() + ": " + StationClock.usableFrom(values.at(row)) : fate.word();
        return new RowOutcome(row, positions[row] == NOWHERE ? Optional.empty() : Optional.of(positions[row]), word);
    }

    boolean has(Fate fate) {
        for (byte one : fates) {
            if (one == fate.ordinal()) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return fates.length;
    }

    private void settle(int row, Fate fate, int position) {
        if (row >= 0 && fates[row] == UNSPOKEN) {
            fates[row] = (byte) fate.ordinal();
            positions[row] = position;
        }
    }
}
