package express.polaris.platform.retention;

import express.polaris.platform.sql.SqlTime;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** See {@link ExpiringRows#of}. */
record AgedRows(JdbcClient jdbc, String table, String key, String at, String condition, Duration keptFor)
        implements ExpiringRows {

    @Override
    public int remove(Instant before, int most) {
        return jdbc.sql("""
            delete from %1$s where %2$s = any(array(
                select %2$s from %1$s where %3$s < :before and %4$s order by %3$s limit :most for update skip locked))
            """.formatted(table, key, at, condition))
                .param("before", SqlTime.utc(before))
                .param("most", most)
                .update();
    }
}
