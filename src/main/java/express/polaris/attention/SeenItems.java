package express.polaris.attention;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code attention_seen}: the dismissed items. */
@Repository
class SeenItems {

    private final JdbcClient jdbc;

    SeenItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Permanent identity of an item. */
    record Key(String kind, String subject) {}

    /** The version of each item that was last dismissed. */
    Map<Key, String> versions() {
        return jdbc
                .sql("select kind, subject, version from attention_seen")
                .query((row, number) -> Map.entry(new Key(row.getString(1), row.getString(2)), row.getString(3)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void add(Key key, String version, AccountId operator, Instant now) {
        jdbc.sql("""
            insert into attention_seen (kind, subject, version, seen_by, seen_at)
            values (:kind, :subject, :version, :operator, :now)
            on conflict (kind, subject) do update
               set version = excluded.version, seen_by = excluded.seen_by, seen_at = excluded.seen_at
            """)
                .param("kind", key.kind())
                .param("subject", key.subject())
                .param("version", version)
                .param("operator", operator.value())
                .param("now", SqlTime.utc(now))
                .update();
    }

    /** Deletes dismissals older than {@code oldest}, which must be older than any item that can still be listed. */
    void forgetBefore(Instant oldest) {
        jdbc.sql("delete from attention_seen where seen_at < ?")
                .param(SqlTime.utc(oldest))
                .update();
    }
}
