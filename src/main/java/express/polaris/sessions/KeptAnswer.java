package express.polaris.sessions;

import express.polaris.metering.SampledValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rows of SteVe's answer about one transaction as far as metering reads them, in SteVe's order, and how many others
 * it had. The rows are compressed while they arrive: of an answer of a million rows a few megabytes are held.
 */
public final class KeptAnswer {

    /** Names of measurands are the station's words: a station that makes them up does not fill the memory. */
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

    /** How many rows are kept, unreadable ones included. */
    public int size() {
        return rows;
    }

    /** How many rows were dropped, by measurand. */
    public Map<String, Integer> dropped() {
        return dropped;
    }

    /** The rows in SteVe's order. */
    public void forEach(Consumer<KeptRow> action) {
        chunks.forEach(chunk -> RowChunk.read(chunk, action));
    }

    List<byte[]> chunks() {
        return chunks;
    }

    /** Takes the rows of an answer in SteVe's order. */
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

        /** A row of a measurand that metering does not read. */
        public void dropped(Optional<String> measurand) {
            var name = measurand.orElse("").replaceAll("\\p{Cntrl}", " ");
            boolean known = dropped.containsKey(name) || dropped.size() < MOST_MEASURANDS;
            dropped.merge(known ? name : OTHERS, 1, Integer::sum);
        }

        /** How many rows are kept so far. */
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
