package express.polaris.metering;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a SteVe answer, parsed and packed into about twenty bytes each, so that a session of a month fits into
 * memory. Immutable. Times are kept to the microsecond, energy and power to a thousandth of Wh or W, the state of
 * charge to 0.01 %.
 */
public final class MeterValues {

    private static final int BLOCK_BITS = 12;
    private static final int BLOCK = 1 << BLOCK_BITS;

    /** In seconds. Times farther from 1970 are clamped, so that differences of times cannot overflow. */
    private static final long FARTHEST = 100_000_000_000L;

    /** More series than any charger sends; rows of further ones are not used. */
    private static final int MOST_LANES = 1_000;

    private static final Context[] CONTEXTS = Context.values();

    private final int size;
    private final List<Block> blocks;
    private final List<Lane> lanes;
    private final List<String> problems;

    private MeterValues(Builder builder) {
        size = builder.size;
        blocks = List.copyOf(builder.blocks);
        lanes = List.copyOf(builder.lanes);
        problems = List.copyOf(builder.problems);
    }

    /** A series, or one of its phases. */
    record Lane(SeriesKey series, int phase) {}

    private record Block(long[] at, long[] quantity, short[] lane, byte[] context) {
        Block() {
            this(new long[BLOCK], new long[BLOCK], new short[BLOCK], new byte[BLOCK]);
        }
    }

    /** Packs all rows in their order. */
    public static MeterValues of(Iterable<SampledValue> rows) {
        var builder = new Builder();
        rows.forEach(builder::add);
        return builder.build();
    }

    public int size() {
        return size;
    }

    /** Microseconds since 1970. */
    long at(int row) {
        return block(row).at[row & BLOCK - 1];
    }

    /** In mWh, mW or 0.001 %; undefined if the row has a {@link #problem}. */
    long quantity(int row) {
        return block(row).quantity[row & BLOCK - 1];
    }

    /** Index in {@link #lanes}; negative if the row has a {@link #problem}. */
    int lane(int row) {
        return block(row).lane[row & BLOCK - 1];
    }

    boolean isEnergy(int row) {
        return lanes.get(lane(row)).series().measurand().isEnergy();
    }

    Context context(int row) {
        return CONTEXTS[block(row).context[row & BLOCK - 1]];
    }

    /** Every series, or phase of one, that has a readable row. */
    List<Lane> lanes() {
        return lanes;
    }

    /** Why a row cannot be used, as in {@link RowOutcome#reason}; empty if it can. */
    Optional<String> problem(int row) {
        int lane = lane(row);
        return lane < 0 ? Optional.of(problems.get(-1 - lane)) : Optional.empty();
    }

    private Block block(int row) {
        return blocks.get(row >> BLOCK_BITS);
    }

    static long micros(Instant instant) {
        return Math.clamp(instant.getEpochSecond(), -FARTHEST, FARTHEST) * 1_000_000 + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Packs rows one by one; does not keep the originals. */
    public static final class Builder {

        private final List<Block> blocks = new ArrayList<>();
        private final List<Lane> lanes = new ArrayList<>();
        private final Map<Lane, Integer> laneIndex = new HashMap<>();
        private final List<String> problems = new ArrayList<>();
        private final Map<String, Integer> problemIndex = new HashMap<>();
        private int size;

        /** Whether metering reads this measurand at all (OCPP 1.6, 7.31; empty is the energy register). */
        public static boolean needs(Optional<String> measurand) {
            return Measurand.of(measurand).isPresent();
        }

        public void add(SampledValue row) {
            if ((size & BLOCK - 1) == 0) {
                blocks.add(new Block());
            }
            var block = blocks.getLast();
            int place = size++ & BLOCK - 1;
            block.at[place] = micros(row.timestamp());
            block.context[place] = (byte) Context.of(row).ordinal();
            switch (RowReader.read(row)) {
                case RowReader.Unused(var reason) -> block.lane[place] = (short) (-1 - problem(reason));
                case RowReader.Reading(var lane, long quantity) -> {
                    block.quantity[place] = quantity;
                    block.lane[place] = (short) lane(lane);
                }
            }
        }

        private int lane(Lane lane) {
            var known = laneIndex.get(lane);
            if (known != null) {
                return known;
            }
            if (lanes.size() == MOST_LANES) {
                return -1 - problem("not_used");
            }
            lanes.add(lane);
            laneIndex.put(lane, lanes.size() - 1);
            return lanes.size() - 1;
        }

        /** Reasons are a fixed set of texts: they never repeat what the charger sent. */
        private int problem(String reason) {
            return problemIndex.computeIfAbsent(reason, key -> {
                problems.add(key);
                return problems.size() - 1;
            });
        }

        public MeterValues build() {
            if (!blocks.isEmpty() && (size & BLOCK - 1) != 0) {
                blocks.add(shortened(blocks.removeLast(), size & BLOCK - 1));
            }
            return new MeterValues(this);
        }

        private static Block shortened(Block block, int length) {
            return new Block(
                    Arrays.copyOf(block.at, length),
                    Arrays.copyOf(block.quantity, length),
                    Arrays.copyOf(block.lane, length),
                    Arrays.copyOf(block.context, length));
        }
    }
}
