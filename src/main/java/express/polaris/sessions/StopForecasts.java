package express.polaris.sessions;

import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Predicts the stop value that SteVe would set if it closed an active transaction itself: the last energy reading that
 * is not below the start value, else the register at the next start on the connector, else the start value.
 */
@Repository
public class StopForecasts {

    private final JdbcClient jdbc;

    StopForecasts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Origin of a stop value. */
    public enum Source {
        READING,
        NEXT_START,
        START
    }

    /**
     * A predicted stop value.
     *
     * @param at when the register showed it (meter time)
     */
    public record StopForecast(Source source, Energy register, Instant at) {}

    public StopForecast of(ChargingSession session) {
        return reading(session)
                .or(() -> nextStart(session))
                .orElseGet(() -> new StopForecast(Source.START, session.startValue(), session.startedAt()));
    }

    private Optional<StopForecast> reading(ChargingSession session) {
        return jdbc.sql("""
            select meter_to_wh as register, measured_at as at from synced_transaction_events
             where steve_transaction_id = ? and meter_to_wh >= ? order by position desc limit 1
            """)
                .param(session.id().value())
                .param(session.startValue().wattHours())
                .query((row, number) -> new StopForecast(
                        Source.READING, Energy.ofWattHours(row.getBigDecimal("register")), SqlTime.required(row, "at")))
                .optional();
    }

    private Optional<StopForecast> nextStart(ChargingSession session) {
        return jdbc.sql("""
            select start_value_wh as register, steve_started_at as at from transaction_sync_state
             where lower(charge_box_id) = lower(?) and connector_id = ? and started_at > ?
               and steve_transaction_id > ?
             order by started_at limit 1
            """)
                .param(session.chargeBoxId().value())
                .param(session.connectorId())
                .param(SqlTime.utc(session.startedAt()))
                .param(session.id().value())
                .query((row, number) -> new StopForecast(
                        Source.NEXT_START,
                        Energy.ofWattHours(row.getBigDecimal("register")),
                        SqlTime.required(row, "at")))
                .optional();
    }
}
