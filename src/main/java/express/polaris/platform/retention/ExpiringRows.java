package express.polaris.platform.retention;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of one table that are kept for a time; a bean of the module that owns the table. */
public interface ExpiringRows {

    /** Name of the table, for the log. */
    String table();

    /** Age at which a row is removed. */
    Duration keptFor();

    /**
     * Removes the oldest rows, skipping those that another node holds.
     *
     * @param before rows from this instant on stay
     * @param most maximum number of rows to remove
     * @return number of removed rows
     */
    int remove(Instant before, int most);

    /**
     * Rows whose age one column tells.
     *
     * @param key primary key, one column
     * @param at name of the column, which an index begins with
     * @param condition what else holds for rows that may go, in SQL and true in the index; {@code true} for all
     */
    static ExpiringRows of(JdbcClient jdbc, String table, String key, String at, String condition, Duration keptFor) {
        return new AgedRows(jdbc, table, key, at, condition, keptFor);
    }
}
