package express.polaris.sessions.events;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Seals the events that an invoice contains; the database rejects every later change to them. */
@Repository
public class EventSeals {

    private final JdbcClient jdbc;

    EventSeals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adjacent events of a session.
     *
     * @param from position of the first event
     * @param until position after the last event
     */
    public record Span(SessionId session, int from, int until) {}

    /** Seals the events in the transaction of their invoice, which blocks every other change to them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void seal(List<Span> events, Instant at) {
        jdbc.sql("""
            update synced_transaction_events e set sealed_at = :at
              from unnest(:sessions, :froms, :untils) span (session, first, after)
             where e.steve_transaction_id = span.session and e.position >= span.first and e.position < span.after
               and e.sealed_at is null
            """)
                .param("at", SqlTime.utc(at))
                .param(
                        "sessions",
                        events.stream().map(span -> span.session().value()).toArray(Long[]::new))
                .param("froms", positions(events, Span::from))
                .param("untils", positions(events, Span::until))
                .update();
    }

    private static Integer[] positions(List<Span> events, ToIntFunction<Span> position) {
        return events.stream().map(position::applyAsInt).toArray(Integer[]::new);
    }
}
