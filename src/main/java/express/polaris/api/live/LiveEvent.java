package express.polaris.api.live;

import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Server-sent event about a session: {@code session}, {@code meter} or {@code timeline}.
 *
 * @param revision the session's revision, the event id in a stream of one session
 * @param at server time of the event, the event id in a stream of all sessions
 * @param json data in UTF-8, without line breaks
 */
record LiveEvent(String name, SessionId session, long revision, Instant at, byte[] json) {

    static final String SESSION = "session";
    static final String METER = "meter";
    static final String TIMELINE = "timeline";

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
