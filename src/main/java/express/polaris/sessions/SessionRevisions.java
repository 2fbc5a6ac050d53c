package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Detects changed sessions by their revisions alone, for readers that follow sessions which any node may change. */
@Repository
public class SessionRevisions {

    private final JdbcClient jdbc;

    SessionRevisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Revision of a session. */
    public record Revision(SessionId id, long revision) {}

    /**
     * Revisions of these sessions, and of these drivers' sessions that are live or changed recently.
     *
     * @param changedSince portal clock; for the drivers' closed sessions
     */
    public List<Revision> of(Collection<SessionId> sessions, Collection<AccountId> drivers, Instant changedSince) {
        return jdbc.sql("""
            select steve_transaction_id, revision from transaction_sync_state
             where steve_transaction_id = any(:sessions)
            union
            select steve_transaction_id, revision from transaction_sync_state
             where driver_id = any(:drivers) and (not is_finalized or updated_at >= :since)
            """)
                .param("sessions", sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .param("drivers", drivers.stream().map(AccountId::value).toArray(Long[]::new))
                .param("since", SqlTime.utc(changedSince))
                .query((row, number) -> new Revision(new SessionId(row.getLong(1)), row.getLong(2)))
                .list();
    }

    /** The driver's sessions that are not completed, or changed since then (portal clock); oldest first. */
    public List<SessionId> openOrChanged(AccountId driver, Instant changedSince) {
        return jdbc.sql("""
            select s.steve_transaction_id from transaction_sync_state s
             where s.driver_id = :driver and (s.updated_at >= :since or not %s)
             order by s.started_at, s.steve_transaction_id
            """.formatted(SessionStatus.COMPLETED_IN_SQL))
                .param("driver", driver.value())
                .param("since", SqlTime.utc(changedSince))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }
}
