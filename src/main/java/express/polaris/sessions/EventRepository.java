package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.units.Power;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code synced_transaction_events}. */
@Repository
class EventRepository {

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    EventRepository(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    List<SyncedTransactionEvent> of(SessionId session) {
        return jdbc.sql("select * from synced_transaction_events where steve_transaction_id = ? order by position")
                .param(session.value())
                .query(SessionRows::event)
                .list();
    }

    /** Writes rows that are new or changed; a changed one counts as learnt now. */
    void write(SessionId session, List<MeterEvent> events, Instant now) {
        batches.batchUpdate("""
            insert into synced_transaction_events as e (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, power_w, power_derived, soc, flags, is_final, synced_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (steve_transaction_id, position) do update
               set measured_from = excluded.measured_from, measured_at = excluded.measured_at,
                   meter_from_wh = excluded.meter_from_wh, meter_to_wh = excluded.meter_to_wh,
                   kwh_delta = excluded.kwh_delta, power_w = excluded.power_w,
                   power_derived = excluded.power_derived, soc = excluded.soc, flags = excluded.flags,
                   is_final = excluded.is_final, synced_at = excluded.synced_at
            """, events, BATCH, (statement, event) -> set(statement, session, event, now));
    }

    /** Removes the rows from this position on. */
    void removeFrom(SessionId session, int position) {
        jdbc.sql("delete from synced_transaction_events where steve_transaction_id = ? and position >= ?")
                .param(session.value())
                .param(position)
                .update();
    }

    private static void set(PreparedStatement statement, SessionId session, MeterEvent event, Instant now)
            throws SQLException {
        statement.setLong(1, session.value());
        statement.setInt(2, event.position());
        statement.setTimestamp(3, SessionRows.required(event.measuredFrom()));
        statement.setTimestamp(4, SessionRows.required(event.measuredAt()));
        statement.setBigDecimal(5, event.meterFrom().wattHours());
        statement.setBigDecimal(6, event.meterTo().wattHours());
        statement.setBigDecimal(7, event.delta().kilowattHours());
        statement.setBigDecimal(8, event.power().map(Power::watts).orElse(null));
        statement.setBoolean(9, event.powerDerived());
        statement.setBigDecimal(10, event.soc().orElse(null));
        var flags = event.flags().stream().map(ReadingFlag::wireName).sorted().toArray(String[]::new);
        statement.setArray(11, statement.getConnection().createArrayOf("text", flags));
        statement.setBoolean(12, event.isFinal());
        statement.setTimestamp(13, SessionRows.required(now));
    }
}
