package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What readers need that follow sessions which any node may change. */
@Repository
public class SessionRevisions {

    private final JdbcClient jdbc;

    SessionRevisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Revisions with which existing events of these sessions last changed or went; a reader that has a later one, or
     * that one, has lost none of its events. Sessions that do not exist are left out.
     */
    public Map<SessionId, Long> ofTimelines(Collection<SessionId> sessions) {
        var revisions = new HashMap<SessionId, Long>();
        jdbc.sql("""
            select steve_transaction_id, timeline_revision from transaction_sync_state
             where steve_transaction_id = any(?)
            """)
                .param(sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .query(row -> {
                    revisions.put(new SessionId(row.getLong(1)), row.getLong(2));
                });
        return revisions;
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
