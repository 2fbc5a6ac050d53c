package express.polaris.live;

import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What is sent about a session: {@code session}, {@code meter} or {@code timeline}.
 *
 * @param revision the session's, from which a stream of this one session goes on
 * @param at when this was found out, by our clock, from which a stream of all sessions goes on
 * @param json the data in UTF-8, without a line break
 */
record LiveEvent(String name, SessionId session, long revision, Instant at, byte[] json) {

    static final String SESSION = "session";
    static final String METER = "meter";
    static final String TIMELINE = "timeline";

    /**
     * A newer reading.
     *
     * @param item null when it made no event
     */
    record Meter(
            long id,
            Optional<ApiReading> item,
            BigDecimal energyKwh,
            Optional<BigDecimal> powerKw,
            Optional<Integer> soc,
            ApiCost cost,
            Optional<Instant> lastReadingAt) {

        static Meter withoutItem(ApiSession session) {
            return new Meter(
                    session.id(),
                    Optional.empty(),
                    session.energyKwh(),
                    session.powerKw(),
                    session.soc(),
                    session.cost(),
                    session.lastReadingAt());
        }

        /** @param latest no newer reading follows it */
        static Meter of(ApiSession session, ApiReading item, boolean latest) {
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

    /** Earlier rows are different now: fetch the timeline again. */
    record Timeline(long id) {}
}
