package express.polaris.sessions.events;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.EnergyDecisionService.Trust;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code energy_decisions} and {@code trusted_charge_boxes}. */
@Repository
class EnergyDecisionRepository {

    private final JdbcClient jdbc;

    EnergyDecisionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Latest decision by session; sessions without one are omitted. */
    Map<SessionId, EnergyDecision> latest(Collection<SessionId> sessions) {
        var decisions = new LinkedHashMap<SessionId, EnergyDecision>();
        jdbc.sql("""
            select distinct on (steve_transaction_id) * from energy_decisions
             where steve_transaction_id = any(?)
             order by steve_transaction_id, id desc
            """)
                .param(sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .query(row -> {
                    decisions.put(new SessionId(row.getLong("steve_transaction_id")), decision(row, row.getRow()));
                });
        return decisions;
    }

    /** All decisions about a session, latest first. */
    List<EnergyDecision> of(SessionId session) {
        return jdbc.sql("select * from energy_decisions where steve_transaction_id = ? order by id desc")
                .param(session.value())
                .query(EnergyDecisionRepository::decision)
                .list();
    }

    void add(SessionId session, EnergyDecision decision) {
        jdbc.sql("""
            insert into energy_decisions (steve_transaction_id, use, energy_wh, reason, decided_by, decided_at)
            values (?, ?, ?, ?, ?, ?)
            """)
                .param(session.value())
                .param(decision.use().wireName())
                .param(decision.energy().wattHours())
                .param(decision.reason())
                .param(decision.decidedBy().value())
                .param(SqlTime.utc(decision.decidedAt()))
                .update();
    }

    boolean isTrusted(ChargeBoxId box) {
        return jdbc.sql("select exists (select from trusted_charge_boxes where charge_box_id = ?)")
                .param(box.value().toLowerCase(Locale.ROOT))
                .query(Boolean.class)
                .single();
    }

    Optional<Trust> trust(ChargeBoxId box) {
        return jdbc.sql("select reason, decided_by, decided_at from trusted_charge_boxes where charge_box_id = ?")
                .param(box.value().toLowerCase(Locale.ROOT))
                .query((row, number) -> new Trust(
                        row.getString("reason"),
                        new AccountId(row.getLong("decided_by")),
                        SqlTime.required(row, "decided_at")))
                .optional();
    }

    /**
     * @return false if the charge box was already trusted
     */
    boolean trust(ChargeBoxId box, String reason, AccountId operator, Instant now) {
        return jdbc.sql("""
            insert into trusted_charge_boxes (charge_box_id, reason, decided_by, decided_at) values (?, ?, ?, ?)
            on conflict (charge_box_id) do nothing
            """)
                        .param(box.value().toLowerCase(Locale.ROOT))
                        .param(reason)
                        .param(operator.value())
                        .param(SqlTime.utc(now))
                        .update()
                == 1;
    }

    /**
     * @return whether the charge box was trusted
     */
    boolean distrust(ChargeBoxId box) {
        return jdbc.sql("delete from trusted_charge_boxes where charge_box_id = ?")
                        .param(box.value().toLowerCase(Locale.ROOT))
                        .update()
                == 1;
    }

    /** Disputed sessions of a charge box, by id. */
    List<SessionId> disputedAt(ChargeBoxId box) {
        return jdbc.sql("""
            select steve_transaction_id from transaction_sync_state
             where dispute is not null and lower(charge_box_id) = ?
             order by steve_transaction_id
            """)
                .param(box.value().toLowerCase(Locale.ROOT))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    private static EnergyDecision decision(ResultSet row, int number) throws SQLException {
        return new EnergyDecision(
                EnergyDecision.Use.ofWireName(row.getString("use")).orElseThrow(),
                Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                row.getString("reason"),
                new AccountId(row.getLong("decided_by")),
                SqlTime.required(row, "decided_at"));
    }
}
