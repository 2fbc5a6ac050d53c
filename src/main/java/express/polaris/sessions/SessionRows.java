package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.metering.Dispute;
import express.polaris.metering.MeterEvent;
import express.polaris.metering.MeterStop;
import express.polaris.metering.ReadingFlag;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Row mappers of this module. */
public final class SessionRows {

    private SessionRows() {}

    static ChargingSession session(ResultSet row, int number) throws SQLException {
        return new ChargingSession(
                new SessionId(row.getLong("steve_transaction_id")),
                new ChargeBoxId(row.getString("charge_box_id")),
                row.getInt("connector_id"),
                new IdTag(row.getString("ocpp_id_tag")),
                id(row, "ev_card_id").map(EvCardId::new),
                id(row, "driver_id").map(AccountId::new),
                SqlTime.required(row, "started_at"),
                energy(row, "start_value_wh").orElseThrow(),
                stop(row, "stopped_at"),
                !row.getBoolean("is_finalized"),
                row.getBoolean("latest_is_final"),
                energy(row, "energy_wh").orElseThrow(),
                energies(row),
                meter(row),
                texts(row, "flags"),
                closingFault(row),
                SqlTime.instant(row, "last_measured_at"),
                SqlTime.instant(row, "last_read_at"),
                SqlTime.instant(row, "gone_from_steve_at"),
                row.getLong("revision"));
    }

    /** The transaction as SteVe last reported it. */
    public static TransactionFacts facts(ResultSet row, int number) throws SQLException {
        return new TransactionFacts(
                new SessionId(row.getLong("steve_transaction_id")),
                row.getString("charge_box_id"),
                row.getInt("connector_id"),
                row.getString("ocpp_id_tag"),
                SqlTime.required(row, "steve_started_at"),
                energy(row, "start_value_wh").orElseThrow(),
                stop(row, "steve_stopped_at"));
    }

    public static SyncedTransactionEvent event(ResultSet row, int number) throws SQLException {
        return new SyncedTransactionEvent(
                new SessionId(row.getLong("steve_transaction_id")),
                meterEvent(row),
                SqlTime.required(row, "synced_at"),
                SqlTime.instant(row, "sealed_at"));
    }

    private static MeterEvent meterEvent(ResultSet row) throws SQLException {
        return new MeterEvent(
                row.getInt("position"),
                SqlTime.required(row, "measured_from"),
                SqlTime.required(row, "measured_at"),
                energy(row, "meter_from_wh").orElseThrow(),
                energy(row, "meter_to_wh").orElseThrow(),
                Energy.ofKilowattHours(row.getBigDecimal("kwh_delta")),
                power(row, "power_w"),
                row.getBoolean("power_derived"),
                Optional.ofNullable(row.getBigDecimal("soc")),
                texts(row, "flags").stream().map(ReadingFlag::ofWireName).collect(Collectors.toUnmodifiableSet()),
                row.getBoolean("is_final"));
    }

    private static SessionEnergies energies(ResultSet row) throws SQLException {
        return new SessionEnergies(
                energy(row, "measured_wh"),
                text(row, "dispute").map(Dispute::ofWireName),
                energy(row, "decided_energy_wh"));
    }

    /**
     * @param at column of the stop time: SteVe's or the believed one
     */
    private static Optional<MeterStop> stop(ResultSet row, String at) throws SQLException {
        var value = energy(row, "stop_value_wh");
        var reason = text(row, "stop_reason");
        var actor = text(row, "stop_actor");
        return SqlTime.instant(row, at).map(stopped -> new MeterStop(stopped, value, reason, actor));
    }

    public static Optional<ClosingFault> closingFault(ResultSet row) throws SQLException {
        var stopValue = energy(row, "stop_value_wh");
        return text(row, "closing_problem").map(problem -> ClosingFault.of(stopValue));
    }

    private static SessionMeter meter(ResultSet row) throws SQLException {
        int sampling = row.getInt("sampling_seconds");
        return new SessionMeter(
                power(row, "live_power_w"),
                row.getBoolean("live_power_derived"),
                Optional.ofNullable(row.getBigDecimal("live_soc")),
                SqlTime.instant(row, "last_reading_at"),
                SqlTime.instant(row, "last_energy_at"),
                SqlTime.instant(row, "ahead_until"),
                sampling == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(sampling)));
    }

    private static Optional<Long> id(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class));
    }

    public static Optional<Energy> energy(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column)).map((BigDecimal wh) -> Energy.ofWattHours(wh));
    }

    private static Optional<Power> power(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column)).map((BigDecimal watts) -> Power.ofWatts(watts));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Set<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return new LinkedHashSet<>(array == null ? List.of() : Arrays.asList((String[]) array.getArray()));
    }
}
