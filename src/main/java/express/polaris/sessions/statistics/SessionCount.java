package express.polaris.sessions.statistics;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Number of all sessions, without counting them. */
@Repository
public class SessionCount {

    private final JdbcClient jdbc;

    SessionCount(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public long all() {
        return jdbc.sql("""
            select (select sessions from session_count) + (select coalesce(sum(sessions), 0) from session_changes)
            """).query(Long.class).single();
    }
}
