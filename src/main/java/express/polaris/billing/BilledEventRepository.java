package express.polaris.billing;

import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Events and their place among a driver's energy in a billing period. */
@Repository
class BilledEventRepository {

    private static final String OF_SESSIONS = """
        select e.steve_transaction_id, e.position, e.measured_at, e.billed_at, e.kwh_delta,
               'implausible' = any(e.flags) and not e.steve_transaction_id = any(:completed)
                   and e.position > coalesce(c.up_to_position, -1) as held,
               e.sealed_at is not null as sealed, x.subscription_id, x.period_from, x.before_kwh
          from synced_transaction_events e
          left join sealed_events x using (steve_transaction_id, position)
          left join confirmed_energy c using (steve_transaction_id)
         where e.steve_transaction_id = any(:sessions)
         order by e.steve_transaction_id, e.position
        """;

    /**
     * Whole UTC days before the first session come from the driver's daily sums, so what is read does not grow with the
     * period: the part of its first day, the session's own days, and displaced events.
     */
    private static final String BEFORE = """
        with earlier as (
            select kwh from sealed_usage where subscription_id = :subscription and period_from = :periodFrom
            union all
            select kwh from driver_energy_days where driver_id = :driver and day > :firstDay and day < :ownDay
            union all
            select kwh_delta from synced_transaction_events
             where driver_id = :driver and sealed_at is null and billed_at = measured_at
               and measured_at > :from and measured_at < :untilSums),
        nearby as (
            select steve_transaction_id, position, measured_at, kwh_delta from synced_transaction_events
             where driver_id = :driver and sealed_at is null and billed_at = measured_at
               and measured_at > :from and measured_at >= :ownDayStart and measured_at <= :lastInPeriod
            union all
            select steve_transaction_id, position, measured_at, kwh_delta from synced_transaction_events
             where driver_id = :driver and sealed_at is null and billed_at <> measured_at
               and billed_at > :from and billed_at <= :to and measured_at <= :last),
        placed as (
            select steve_transaction_id, position,
                   sum(kwh_delta) over (order by measured_at, steve_transaction_id, position
                                        rows unbounded preceding) - kwh_delta as kwh
              from nearby)
        select steve_transaction_id, position, kwh + (select coalesce(sum(kwh), 0) from earlier) as before_kwh
          from placed
         where steve_transaction_id = any(:sessions)
        """;

    private final JdbcClient jdbc;

    /** Which event of which session. */
    record Place(SessionId session, int position) {

        static Place of(BilledEvent event) {
            return new Place(event.session(), event.position());
        }
    }

    BilledEventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The events of these sessions, by session; those of each by position.
     *
     * @param completed sessions whose implausible energy is confirmed by the final meter reading
     */
    List<BilledEvent> of(Collection<SessionId> sessions, Collection<SessionId> completed) {
        return jdbc.sql(OF_SESSIONS)
                .param("sessions", ids(sessions))
                .param("completed", ids(completed))
                .query(BilledEventRepository::event)
                .list();
    }

    /**
     * The energy of the period that ranks before each of these events: that of all sealed events, and of
     * unsealed ones by instant, session and position, over all cards and concurrent sessions.
     *
     * @param events unsealed events in this period, of any of its driver's sessions; at least one
     */
    Map<Place, Energy> before(List<BilledEvent> events, SubscriptionPeriod period) {
        var from = period.inForce().from();
        var to = period.inForce().to();
        var first = earlier(Collections.min(instants(events)), to);
        var last = Collections.max(instants(events));
        var ownDay = first.truncatedTo(ChronoUnit.DAYS);
        var secondDay = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        var before = new HashMap<Place, Energy>();
        jdbc.sql(BEFORE)
                .param("sessions", ids(events.stream().map(BilledEvent::session).collect(Collectors.toSet())))
                .param("driver", period.subscription().driver().value())
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", Rows.utc(period.whole().from()))
                .param("from", Rows.utc(from))
                .param("to", Rows.utc(to))
                .param("firstDay", LocalDate.ofInstant(from, ZoneOffset.UTC))
                .param("ownDay", LocalDate.ofInstant(ownDay, ZoneOffset.UTC))
                .param("untilSums", Rows.utc(earlier(secondDay, ownDay)))
                .param("ownDayStart", Rows.utc(ownDay))
                .param("lastInPeriod", Rows.utc(earlier(last, to)))
                .param("last", Rows.utc(last))
                .query(row -> {
                    before.put(
                            new Place(new SessionId(row.getLong("steve_transaction_id")), row.getInt("position")),
                            Energy.ofKilowattHours(row.getBigDecimal("before_kwh")));
                });
        return before;
    }

    private static Long[] ids(Collection<SessionId> sessions) {
        return sessions.stream().map(SessionId::value).toArray(Long[]::new);
    }

    private static List<Instant> instants(List<BilledEvent> events) {
        return events.stream().map(BilledEvent::measuredAt).toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
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
