package express.polaris.sessions.statistics;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Start of each driver's latest session. */
@Repository
public class LastSessions {

    private final JdbcClient jdbc;

    LastSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Latest start by driver; drivers without sessions are omitted. */
    public Map<AccountId, Instant> startsOf(Collection<AccountId> drivers) {
        return jdbc
                .sql("""
            select d.id, s.started_at
              from unnest(?) d(id)
              join lateral (select started_at from transaction_sync_state
                             where driver_id = d.id order by started_at desc limit 1) s on true
            """)
                .param(drivers.stream().map(AccountId::value).toArray(Long[]::new))
                .query((row, number) ->
                        Map.entry(new AccountId(row.getLong("id")), SqlTime.required(row, "started_at")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
