package express.polaris.sessions.events;

import express.polaris.metering.MeterEvent;
import express.polaris.metering.ReadingFlag;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionRows;
import express.polaris.sessions.SyncedTransactionEvent;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code synced_transaction_events}. */
@Repository
class EventRepository {

    private static final int ROWS_AT_A_TIME = 1_000;

    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<SyncedTransactionEvent> of(SessionId session) {
        return jdbc.sql("select * from synced_transaction_events where steve_transaction_id = ? order by position")
                .param(session.value())
                .query(SessionRows::event)
                .list();
    }

    /** Whether the session has sealed events. */
    boolean hasSealed(SessionId session) {
        return jdbc.sql("""
            select exists (select from synced_transaction_events
                            where steve_transaction_id = ? and sealed_at is not null)
            """).param(session.value()).query(Boolean.class).single();
    }

    /**
     * Whether the answer has every sealed event unchanged; true if none is sealed. Reads 1,000 rows at a time within
     * the caller's transaction.
     */
    boolean sealedAreIn(SessionId session, List<MeterEvent> answer) {
        boolean[] all = {true};
        jdbc.sql("""
            select * from synced_transaction_events where steve_transaction_id = ? and sealed_at is not null
             order by position
            """).withFetchSize(ROWS_AT_A_TIME).param(session.value()).query(row -> {
            all[0] = all[0]
                    && EventReconciliation.isIn(
                            answer, SessionRows.event(row, row.getRow()).event());
        });
        return all[0];
    }

    /**
     * Totals and last event of a session.
     *
     * @param finals number of final events: more than one if a sealed one was corrected
     * @param total energy of all events
     * @param restarted whether any event is a meter reset
     */
    record Tail(int size, int finals, Optional<SyncedTransactionEvent> last, Energy total, boolean restarted) {}

    Tail tail(SessionId session) {
        var last =
                jdbc.sql("""
            select * from synced_transaction_events where steve_transaction_id = ? order by position desc limit 1
            """).param(session.value()).query(SessionRows::event).optional();
        return jdbc.sql("""
            select count(*)::int as size, count(*) filter (where is_final)::int as finals, coalesce(sum(kwh_delta), 0) as kwh,
                   coalesce(bool_or('meter_reset' = any(flags)), false) as restarted
              from synced_transaction_events where steve_transaction_id = ?
            """)
                .param(session.value())
                .query((row, number) -> new Tail(
                        row.getInt("size"),
                        row.getInt("finals"),
                        last,
                        Energy.ofKilowattHours(row.getBigDecimal("kwh")),
                        row.getBoolean("restarted")))
                .single();
    }

    /** Compares the stored events with the target, 1,000 rows at a time; within the caller's transaction. */
    EventChanges compare(SessionId session, List<MeterEvent> target) {
        var changes = new EventChanges(target);
        jdbc.sql("select * from synced_transaction_events where steve_transaction_id = ? order by position")
                .withFetchSize(ROWS_AT_A_TIME)
                .param(session.value())
                .query(row -> {
                    changes.compare(SessionRows.event(row, row.getRow()));
                });
        return changes.complete();
    }

    /** Writes the events at these positions, 1,000 at a time. */
    void write(SessionId session, List<MeterEvent> target, BitSet positions, Instant now) {
        var rows = new ArrayList<MeterEvent>();
        for (int position = positions.nextSetBit(0); position >= 0; position = positions.nextSetBit(position + 1)) {
            rows.add(target.get(position));
            if (rows.size() == ROWS_AT_A_TIME) {
                write(session, rows, now);
                rows.clear();
            }
        }
        if (!rows.isEmpty()) {
            write(session, rows, now);
        }
    }

    void write(SessionId session, MeterEvent event, Instant now) {
        write(session, List.of(event), now);
    }

    /**
     * Inserts or updates events and sets {@code synced_at} to {@code now}. Uses one statement for all rows, so that the
     * database's triggers run once.
     */
    private void write(SessionId session, List<MeterEvent> events, Instant now) {
        jdbc.sql("""
            insert into synced_transaction_events as e (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, power_w, power_derived, soc, flags, is_final, synced_at)
            select :session, position, measured_from, measured_at, meter_from_wh, meter_to_wh, kwh_delta, power_w,
                   power_derived, soc, string_to_array(flags, ','), is_final, :now
              from unnest(cast(:position as integer[]), cast(:measuredFrom as timestamptz[]),
                          cast(:measuredAt as timestamptz[]), cast(:meterFrom as numeric[]),
                          cast(:meterTo as numeric[]), cast(:delta as numeric[]), cast(:power as numeric[]),
                          cast(:derived as boolean[]), cast(:soc as numeric[]), cast(:flags as text[]),
                          cast(:isFinal as boolean[]))
                   as event (position, measured_from, measured_at, meter_from_wh, meter_to_wh, kwh_delta, power_w,
                           power_derived, soc, flags, is_final)
            on conflict (steve_transaction_id, position) do update
               set measured_from = excluded.measured_from, measured_at = excluded.measured_at,
                   meter_from_wh = excluded.meter_from_wh, meter_to_wh = excluded.meter_to_wh,
                   kwh_delta = excluded.kwh_delta, power_w = excluded.power_w,
                   power_derived = excluded.power_derived, soc = excluded.soc, flags = excluded.flags,
                   is_final = excluded.is_final, synced_at = excluded.synced_at
            """)
                .param("session", session.value())
                .param("now", SqlTime.utc(now))
                .param("position", column(events, MeterEvent::position))
                .param("measuredFrom", column(events, MeterEvent::measuredFrom))
                .param("measuredAt", column(events, MeterEvent::measuredAt))
                .param("meterFrom", column(events, event -> event.meterFrom().wattHours()))
                .param("meterTo", column(events, event -> event.meterTo().wattHours()))
                .param("delta", column(events, event -> event.delta().kilowattHours()))
                .param(
                        "power",
                        column(events, event -> event.power().map(Power::watts).orElse(null)))
                .param("derived", column(events, MeterEvent::powerDerived))
                .param("soc", column(events, event -> event.soc().orElse(null)))
                .param("flags", column(events, EventRepository::flags))
                .param("isFinal", column(events, MeterEvent::isFinal))
                .update();
    }

    /** Removes the events from this position on. */
    void removeFrom(SessionId session, int position) {
        jdbc.sql("delete from synced_transaction_events where steve_transaction_id = ? and position >= ?")
                .param(session.value())
                .param(position)
                .update();
    }

    /** Values of one column in PostgreSQL's text form. */
    private static @Nullable String[] column(List<MeterEvent> events, Function<MeterEvent, @Nullable Object> value) {
        return events.stream().map(value).map(EventRepository::text).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private static String flags(MeterEvent event) {
        return event.flags().stream().map(ReadingFlag::wireName).sorted().collect(Collectors.joining(","));
    }
}
