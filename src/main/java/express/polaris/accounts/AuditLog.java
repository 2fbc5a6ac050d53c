package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Log of actions. Append-only: the database rejects updates and deletes. */
@Service
public class AuditLog {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Entry of the audit log.
     *
     * @param actor absent for the system itself
     * @param details a JSON object
     */
    public record Entry(
            long id, Instant at, Optional<AccountId> actor, String action, String subject, String details) {}

    /**
     * Records an action, in the caller's transaction if there is one.
     *
     * @param action name of the action, e.g. {@code card.link}
     * @param subject object of the action, e.g. {@code card 12}; ids, never secrets or whole idTags
     */
    public void record(Optional<AccountId> actor, String action, String subject, Map<String, ?> details) {
        jdbc.sql("""
            insert into audit_log (at, actor, action, subject, details)
            values (:at, :actor, :action, :subject, :details::jsonb)
            """)
                .param("at", SqlTime.utc(clock.instant()))
                .param("actor", actor.map(AccountId::value).orElse(null))
                .param("action", action)
                .param("subject", subject)
                .param("details", json.writeValueAsString(details))
                .update();
    }

    /**
     * Lists entries, newest first.
     *
     * @param before id of the previous page's last entry; absent for the first page
     */
    public List<Entry> page(Optional<Long> before, int limit) {
        return page(AuditFilter.all(), before, limit);
    }

    /** Like {@link #page(Optional, int)}, matching entries only. */
    public List<Entry> page(AuditFilter filter, Optional<Long> before, int limit) {
        var where = new ArrayList<String>(List.of("id < ?"));
        var params = new ArrayList<Object>(List.of(before.orElse(Long.MAX_VALUE)));
        filter.actor().ifPresent(actor -> add(where, params, "actor = ?", actor.value()));
        filter.action().ifPresent(action -> add(where, params, "action = ?", action));
        filter.subject().ifPresent(subject -> add(where, params, "subject like ? escape '\\'", beginning(subject)));
        filter.from().ifPresent(from -> add(where, params, "at >= ?", SqlTime.utc(from)));
        filter.before().ifPresent(end -> add(where, params, "at < ?", SqlTime.utc(end)));
        params.add(limit);
        return jdbc.sql("select id, at, actor, action, subject, details::text as details from audit_log where "
                        + String.join(" and ", where) + " order by id desc limit ?")
                .params(params)
                .query(AuditLog::entry)
                .list();
    }

    /** Lists the entries about any of these subjects, newest first. */
    public List<Entry> about(Collection<String> subjects, int limit) {
        return jdbc.sql("""
            select id, at, actor, action, subject, details::text as details
              from audit_log where subject = any(:subjects) order by id desc limit :limit
            """)
                .param("subjects", subjects.toArray(String[]::new))
                .param("limit", limit)
                .query(AuditLog::entry)
                .list();
    }

    /** Lists the distinct actions by name. A loose index scan, so the cost does not grow with the number of entries. */
    public List<String> actions() {
        return jdbc.sql("""
            with recursive known as (
                select min(action) as action from audit_log
                union all
                select (select min(a.action) from audit_log a where a.action > known.action)
                  from known where known.action is not null)
            select action from known where action is not null order by 1
            """).query((row, number) -> row.getString(1)).list();
    }

    /** Lists the distinct actors. */
    public List<AccountId> actors() {
        return jdbc.sql("""
            with recursive known as (
                select min(actor) as actor from audit_log
                union all
                select (select min(a.actor) from audit_log a where a.actor > known.actor)
                  from known where known.actor is not null)
            select actor from known where actor is not null order by 1
            """)
                .query((row, number) -> new AccountId(row.getLong(1)))
                .list();
    }

    private static void add(List<String> where, List<Object> params, String condition, Object value) {
        where.add(condition);
        params.add(value);
    }

    private static String beginning(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                row.getLong("id"),
                SqlTime.required(row, "at"),
                Optional.ofNullable(row.getObject("actor", Long.class)).map(AccountId::new),
                row.getString("action"),
                row.getString("subject"),
                row.getString("details"));
    }
}
