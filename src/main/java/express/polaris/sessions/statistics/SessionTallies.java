package express.polaris.sessions.statistics;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionStatus;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Numbers of a driver's sessions for all values that a filter offers, counted in one query. */
@Repository
public class SessionTallies {

    private final JdbcClient jdbc;

    SessionTallies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Sessions with the same status, card, charge box and spans.
     *
     * @param energy energy of the sessions that are not held for a decision
     * @param disputed energy of the sessions that are
     * @param within for each requested span, in order: whether the sessions started in it
     */
    public record Tally(
            SessionStatus status,
            Optional<EvCardId> card,
            ChargeBoxId chargeBoxId,
            List<Boolean> within,
            long sessions,
            Energy energy,
            Energy disputed) {}

    /** All of a driver's sessions, each in exactly one tally. */
    public List<Tally> of(AccountId driver, List<Interval> spans) {
        var params = new ArrayList<Object>();
        var within = new ArrayList<String>();
        for (var span : spans) {
            within.add("s.started_at >= ? and s.started_at < ?");
            params.add(SqlTime.utc(span.from()));
            params.add(SqlTime.utc(span.to()));
        }
        params.add(driver.value());
        return jdbc.sql("""
            select completed, ev_card_id, min(charge_box_id) as charge_box_id, within, count(*) as sessions,
                   coalesce(sum(energy_wh) filter (where not disputed), 0) as energy_wh,
                   coalesce(sum(energy_wh) filter (where disputed), 0) as disputed_wh
              from (select %s as completed, s.ev_card_id, s.charge_box_id, s.energy_wh,
                           does_not_count(s.dispute) as disputed,
                           array[%s]::boolean[] as within
                      from transaction_sync_state s
                     where s.driver_id = ?) sessions
             group by completed, ev_card_id, lower(charge_box_id), within
            """.formatted(SessionStatus.COMPLETED_IN_SQL, String.join(", ", within)))
                .params(params)
                .query((row, number) -> new Tally(
                        row.getBoolean("completed") ? SessionStatus.COMPLETED : SessionStatus.IN_PROGRESS,
                        Optional.ofNullable(row.getObject("ev_card_id", Long.class))
                                .map(EvCardId::new),
                        new ChargeBoxId(row.getString("charge_box_id")),
                        Arrays.asList((Boolean[]) row.getArray("within").getArray()),
                        row.getLong("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        Energy.ofWattHours(row.getBigDecimal("disputed_wh"))))
                .list();
    }
}
