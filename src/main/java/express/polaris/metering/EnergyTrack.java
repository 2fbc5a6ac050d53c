package express.polaris.metering;

import java.util.Arrays;

/** Energy of a session along its accepted readings. Energy is in mWh, times are microseconds since 1970. */
final class EnergyTrack {

    /** How the register reached a point. */
    enum Move {
        /** It rose, stayed, or fell within the noise: the point carries its energy. */
        STEP,
        /** It was reset to a value not above the previous one, or a single phase was reset. */
        RESTART,
        /** It was reset to a value above the previous one. */
        RESTART_ABOVE;

        boolean isRestart() {
            return this != STEP;
        }
    }

    private final long startValue;
    private int size;
    private long[] at = new long[16];
    private long[] level = new long[16];
    private long[] delta = new long[16];
    private byte[] move = new byte[16];
    private byte[] context = new byte[16];
    private int[] rows = new int[16];
    private int[][] moreRows = {};
    private long total;
    private long unmeasured;
    private boolean reachesStop;

    private static final Move[] MOVES = Move.values();
    private static final Context[] CONTEXTS = Context.values();

    EnergyTrack(long startValue) {
        this.startValue = startValue;
    }

    /**
     * @param meter register at the point
     */
    void add(long instant, long meter, long energy, Move how, Context why, int row) {
        if (size == at.length) {
            grow();
        }
        at[size] = instant;
        level[size] = meter;
        delta[size] = energy;
        move[size] = (byte) how.ordinal();
        context[size] = (byte) why.ordinal();
        rows[size] = row;
        total += energy;
        size++;
    }

    /** Adds the rows of the other phases to the last point. */
    void alsoOf(int[] others) {
        if (moreRows.length < at.length) {
            moreRows = Arrays.copyOf(moreRows, at.length);
        }
        moreRows[size - 1] = others;
    }

    /** Adds energy that may have flowed unmeasured. */
    void mayLack(long energy) {
        unmeasured += energy;
    }

    /** Marks SteVe's stop value as the last point. */
    void reachesStop() {
        reachesStop = true;
    }

    /** Caps the points since the last reset at the final register value. */
    void endAt(long end) {
        int first = size - 1;
        while (first > 0 && !moveOf(first).isRestart()) {
            first--;
        }
        for (int i = moveOf(first).isRestart() ? first + 1 : first; i < size; i++) {
            long before = i == 0 ? startValue : level[i - 1];
            long capped = Math.max(before, Math.min(level[i], end));
            total += capped - before - delta[i];
            delta[i] = capped - before;
            level[i] = capped;
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long at(int i) {
        return at[i];
    }

    long level(int i) {
        return level[i];
    }

    long delta(int i) {
        return delta[i];
    }

    Move moveOf(int i) {
        return MOVES[move[i]];
    }

    Context context(int i) {
        return CONTEXTS[context[i]];
    }

    int row(int i) {
        return rows[i];
    }

    int[] otherRows(int i) {
        return i < moreRows.length && moreRows[i] != null ? moreRows[i] : NO_ROWS;
    }

    private static final int[] NO_ROWS = {};

    long total() {
        return total;
    }

    /** Upper bound of the unmeasured energy. */
    long unmeasured() {
        return unmeasured;
    }

    boolean endsAtStop() {
        return reachesStop;
    }

    private void grow() {
        int longer = size * 2;
        at = Arrays.copyOf(at, longer);
        level = Arrays.copyOf(level, longer);
        delta = Arrays.copyOf(delta, longer);
        move = Arrays.copyOf(move, longer);
        context = Arrays.copyOf(context, longer);
        rows = Arrays.copyOf(rows, longer);
    }
}
