package express.polaris.sessions.events;

import express.polaris.metering.SampledValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Rows of SteVe's answer about one transaction that metering reads, in SteVe's order, and the number of other rows.
 * Rows are compressed as they arrive: an answer of a million rows takes a few megabytes.
 */
public final class KeptAnswer {

    /** Bounds the memory: names of measurands come from the station and may be arbitrary. */
    private static final int MOST_MEASURANDS = 50;

    private static final String OTHERS = "others";

    private final List<byte[]> chunks;
    private final int rows;
    private final Map<String, Integer> dropped;

    KeptAnswer(List<byte[]> chunks, int rows, Map<String, Integer> dropped) {
        this.chunks = List.copyOf(chunks);
        this.rows = rows;
        this.dropped = Map.copyOf(dropped);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Number of kept rows, including unreadable ones. */
    public int size() {
        return rows;
    }

    /** Number of dropped rows by measurand. */
    public Map<String, Integer> dropped() {
        return dropped;
    }

    /** Passes the rows in SteVe's order. */
    public void forEach(Consumer<KeptRow> action) {
        chunks.forEach(chunk -> RowChunk.read(chunk, action));
    }

    List<byte[]> chunks() {
        return chunks;
    }

    /** Accepts the rows of an answer in SteVe's order. */
    public static final class Builder {

        private final List<byte[]> full = new ArrayList<>();
        private final Map<String, Integer> dropped = new TreeMap<>();
        private RowChunk.Writer last = new RowChunk.Writer();
        private int rows;

        private Builder() {}

        public void add(SampledValue value) {
            writer().add(value);
            rows++;
        }

        /** @param reason why the row cannot be read */
        public void unreadable(String reason) {
            writer().unreadable(reason);
            rows++;
        }

        /** Counts a row of a measurand that metering does not read. */
        public void dropped(Optional<String> measurand) {
            var name = measurand.orElse("").replaceAll("\\p{Cntrl}", " ");
            boolean known = dropped.containsKey(name) || dropped.size() < MOST_MEASURANDS;
            dropped.merge(known ? name : OTHERS, 1, Integer::sum);
        }

        /** Number of rows kept so far. */
        public int size() {
            return rows;
        }

        public KeptAnswer build() {
            var chunks = new ArrayList<>(full);
            chunks.add(last.finish());
            return new KeptAnswer(chunks, rows, dropped);
        }

        private RowChunk.Writer writer() {
            if (last.isFull()) {
                full.add(last.finish());
                last = new RowChunk.Writer();
            }
            return last;
        }
    }
}
