package express.polaris.testing;

import express.polaris.platform.sql.SqlTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions written directly to the database, in the form in which sync stores them. */
public final class StoredSessions {

    /** Far above the ids that the simulated SteVe assigns. */
    private static final AtomicLong ID = new AtomicLong(6_000_000);

    private final JdbcClient jdbc;

    public StoredSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public long driver(String name) {
        return jdbc.sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values ('stored-' || gen_random_uuid() || '@people.example', ?, 'DRIVER', 'en', 'Europe/Berlin', now())
            returning id
            """).param(name).query(Long.class).single();
    }

    /** A session active in SteVe, with the register at 1000 Wh and no reading yet. */
    public long open(String tag, Optional<Long> driver, Instant start) {
        long id = ID.incrementAndGet();
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                   started_at, steve_started_at, first_seen_at, start_value_wh, updated_at)
            values (:id, 'STORED-' || :id, 1, :tag, cast(:driver as bigint), :start, :start, :start, 1000, :start)
            """)
                .param("id", id)
                .param("tag", tag)
                .param("driver", driver.orElse(null))
                .param("start", SqlTime.utc(start))
                .update();
        return id;
    }

    /** A session closed an hour after its start, with all energy in one closing event. */
    public long completed(String tag, Optional<Long> driver, Instant start, String kwh) {
        long id = open(tag, driver, start);
        var stop = start.plus(Duration.ofHours(1));
        close(id, stop, kwh);
        event(id, 0, start, stop, kwh, "{}", true);
        return id;
    }

    /** Stores SteVe's stop, of which nothing has been read yet. */
    public void close(long id, Instant stop, String kwh) {
        jdbc.sql("""
            update transaction_sync_state
               set stopped_at = :stop, steve_stopped_at = :stop, stop_value_wh = start_value_wh + :wh,
                   is_finalized = true, finalized_at = :stop
             where steve_transaction_id = :id
            """)
                .param("id", id)
                .param("stop", SqlTime.utc(stop))
                .param("wh", new BigDecimal(kwh).movePointRight(3))
                .update();
    }

    /**
     * @param flags in PostgreSQL array syntax, e.g. {@code {implausible}}
     */
    public void event(long id, int position, Instant from, Instant at, String kwh, String flags, boolean isFinal) {
        var wh = new BigDecimal(kwh).movePointRight(3);
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
            values (:id, :position, :from, :at, 0, :wh, :kwh, :flags::text[], :final, :at)
            """)
                .param("id", id)
                .param("position", position)
                .param("from", SqlTime.utc(from))
                .param("at", SqlTime.utc(at))
                .param("wh", wh)
                .param("kwh", new BigDecimal(kwh))
                .param("flags", flags)
                .param("final", isFinal)
                .update();
        jdbc.sql("""
            update transaction_sync_state
               set energy_wh = energy_wh + :wh, last_reading_at = :at, last_read_at = :at
             where steve_transaction_id = :id
            """)
                .param("id", id)
                .param("wh", wh)
                .param("at", SqlTime.utc(at))
                .update();
    }

    /** Sets any column of the session's row. */
    public void set(long id, String column, @Nullable Object value) {
        jdbc.sql("update transaction_sync_state set " + column + " = ? where steve_transaction_id = ?")
                .param(value instanceof Instant instant ? SqlTime.utc(instant) : value)
                .param(id)
                .update();
    }
}
