package express.polaris.api.live;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Server-sent event about a session: {@code session}, {@code meter} or {@code timeline}. Written out once for all. */
final class LiveEvent {

    static final String SESSION = "session";
    static final String METER = "meter";
    static final String TIMELINE = "timeline";

    private static final int RADIX = 36;

    private final byte[] inStreamOfOne;
    private final byte[] inStreamOfAll;

    /**
     * @param revision the session's revision, the event id in a stream of one session
     * @param at server time of the event, the event id in a stream of all sessions
     * @param json data in UTF-8, without line breaks
     */
    LiveEvent(String name, long revision, Instant at, byte[] json) {
        this.inStreamOfOne = written(Long.toString(revision), name, json);
        this.inStreamOfAll = written(Long.toString(at.toEpochMilli(), RADIX), name, json);
    }

    /**
     * The event as it is sent; not to be changed.
     *
     * @param ofOne for a stream of one session; otherwise of all
     */
    byte[] bytes(boolean ofOne) {
        return ofOne ? inStreamOfOne : inStreamOfAll;
    }

    /**
     * Instant in the id of the last event of a stream of all sessions, in ms since the epoch; empty for any other text.
     */
    static Optional<Long> brokenOffAt(String lastEventId) {
        try {
            return Optional.of(Long.parseLong(lastEventId, RADIX)).filter(millis -> millis >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] written(String id, String name, byte[] json) {
        var head = ("id: " + id + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + json.length + 2)
                .put(head)
                .put(json)
                .put((byte) '\n')
                .put((byte) '\n')
                .array();
    }

    /**
     * New reading.
     *
     * @param item null when the reading made no event
     */
    record Meter(
            long id,
            Optional<ReadingJson> item,
            BigDecimal energyKwh,
            Optional<BigDecimal> powerKw,
            Optional<Integer> soc,
            CostJson cost,
            Optional<Instant> lastReadingAt) {

        static Meter withoutItem(SessionJson session) {
            return new Meter(
                    session.id(),
                    Optional.empty(),
                    session.energyKwh(),
                    session.powerKw(),
                    session.soc(),
                    session.cost(),
                    session.lastReadingAt());
        }

        /**
         * @param latest whether this is the newest reading
         */
        static Meter of(SessionJson session, ReadingJson item, boolean latest) {
            return new Meter(
                    session.id(),
                    Optional.of(item),
                    item.totalKwh(),
                    latest ? session.powerKw() : item.powerKw(),
                    latest ? session.soc() : item.soc(),
                    session.cost(),
                    latest ? session.lastReadingAt() : Optional.of(item.measuredAt()));
        }
    }

    /** Earlier entries changed, or too many are new: the client must fetch the timeline again. */
    record Timeline(long id) {}
}
