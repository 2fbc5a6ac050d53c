package express.polaris.testing;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database whose clock a test can set: statements find functions of the same names before PostgreSQL's own.
 * Connections that were opened before keep the right time.
 */
public final class MovableDatabaseClock {

    private final JdbcClient jdbc;

    public MovableDatabaseClock(DataSource database) {
        jdbc = JdbcClient.create(database);
        jdbc.sql("""
            create schema set_clock;
            create table set_clock.ahead (by interval not null);
            insert into set_clock.ahead values (interval '0');
            create function set_clock.now() returns timestamptz stable language sql
                return pg_catalog.now() + (select by from set_clock.ahead);
            create function set_clock.clock_timestamp() returns timestamptz volatile language sql
                return pg_catalog.clock_timestamp() + (select by from set_clock.ahead);
            do $$ begin
                execute format('alter database %I set search_path = set_clock, pg_catalog, public', current_database());
            end $$
            """).update();
    }

    /** Moves the database's clock, back if negative. */
    public void move(Duration by) {
        jdbc.sql("update set_clock.ahead set by = by + ? * interval '1 ms'")
                .param(by.toMillis())
                .update();
    }
}
