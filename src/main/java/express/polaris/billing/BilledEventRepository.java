package express.polaris.billing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Events and their place among a driver's energy in a billing period. */
@Repository
class BilledEventRepository {

    private static final String OF_SESSION = """
        select e.steve_transaction_id, e.position, e.measured_at, e.billed_at, e.kwh_delta,
               'implausible' = any(e.flags) and not :completed
                   and e.position > coalesce(c.up_to_position, -1) as held,
               e.sealed_at is not null as sealed, x.subscription_id, x.period_from, x.before_kwh
          from synced_transaction_events e
          left join sealed_events x using (steve_transaction_id, position)
          left join confirmed_energy c using (steve_transaction_id)
         where e.steve_transaction_id = :session
         order by e.position
        """;

    /**
     * Whole UTC days before the session come from the driver's daily sums, so what is read does not grow with the
     * period: the part of its first day, the session's own days, and displaced events.
     */
    private static final String BEFORE = """
        with own as (
            select min(measured_at) as first, max(measured_at) as last
              from synced_transaction_events
             where steve_transaction_id = :session and sealed_at is null
               and billed_at > :from and billed_at <= :to),
        bounds as (
            select date_trunc('day', least(first, cast(:to as timestamptz)), 'UTC') as first_day,
                   date_trunc('day', cast(:from as timestamptz), 'UTC') + interval '24 hours' as second_day_of_period,
                   least(last, cast(:to as timestamptz)) as last_in_period, last
              from own),
        base as (
            select coalesce(sum(kwh), 0) as kwh from (
                select kwh from sealed_usage where subscription_id = :subscription and period_from = :periodFrom
                union all
                select kwh from driver_energy_days
                 where driver_id = :driver and day > utc_day(:from)
                   and day < utc_day((select first_day from bounds))
                union all
                select kwh_delta from synced_transaction_events
                 where driver_id = :driver and sealed_at is null and billed_at = measured_at and measured_at > :from
                   and measured_at < (select least(second_day_of_period, first_day) from bounds)) earlier),
        nearby as (
            select steve_transaction_id, position, measured_at, kwh_delta from synced_transaction_events
             where driver_id = :driver and sealed_at is null and billed_at = measured_at and measured_at > :from
               and measured_at >= (select first_day from bounds)
               and measured_at <= (select last_in_period from bounds)
            union all
            select steve_transaction_id, position, measured_at, kwh_delta from synced_transaction_events
             where driver_id = :driver and sealed_at is null and billed_at <> measured_at
               and billed_at > :from and billed_at <= :to
               and measured_at <= (select last from bounds)),
        placed as (
            select steve_transaction_id, position,
                   sum(kwh_delta) over (order by measured_at, steve_transaction_id, position
                                        rows unbounded preceding) - kwh_delta as kwh
              from nearby)
        select placed.position, base.kwh + placed.kwh as before_kwh
          from placed, base
         where placed.steve_transaction_id = :session
        """;

    private final JdbcClient jdbc;

    BilledEventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The events of a session, oldest first.
     *
     * @param completed its implausible energy is confirmed by the final meter reading
     */
    List<BilledEvent> of(SessionId session, boolean completed) {
        return jdbc.sql(OF_SESSION)
                .param("session", session.value())
                .param("completed", completed)
                .query(BilledEventRepository::event)
                .list();
    }

    /**
     * The energy of the period that ranks before each of the session's unsealed events in it, by position: that of all
     * sealed events, and of unsealed ones by instant, session and position, over all cards and concurrent sessions.
     */
    Map<Integer, Energy> before(SessionId session, SubscriptionPeriod period) {
        var bounds = period.inForce();
        var before = new HashMap<Integer, Energy>();
        jdbc.sql(BEFORE)
                .param("session", session.value())
                .param("driver", period.subscription().driver().value())
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", Rows.utc(period.whole().from()))
                .param("from", Rows.utc(bounds.from()))
                .param("to", Rows.utc(bounds.to()))
                .query(row -> {
                    before.put(row.getInt("position"), Energy.ofKilowattHours(row.getBigDecimal("before_kwh")));
                });
        return before;
    }

    static BilledEvent event(ResultSet row, int number) throws SQLException {
        return new BilledEvent(
                new SessionId(row.getLong("steve_transaction_id")),
                row.getInt("position"),
                Rows.required(row, "measured_at"),
                Rows.required(row, "billed_at"),
                Energy.ofKilowattHours(row.getBigDecimal("kwh_delta")),
                row.getBoolean("held"),
                row.getBoolean("sealed"),
                seal(row));
    }

    private static Optional<BilledEvent.Seal> seal(ResultSet row) throws SQLException {
        long subscription = row.getLong("subscription_id");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new BilledEvent.Seal(
                        new SubscriptionId(subscription),
                        Rows.required(row, "period_from"),
                        Energy.ofKilowattHours(row.getBigDecimal("before_kwh"))));
    }
}
