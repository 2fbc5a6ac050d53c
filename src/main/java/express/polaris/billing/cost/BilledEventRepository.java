package express.polaris.billing.cost;

import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Events and their place in a driver's energy of a billing period. */
@Repository
public class BilledEventRepository {

    private static final String OF_SESSION = """
        select does_not_count(s.dispute) as disputed, s.charge_box_id, s.started_at, s.stopped_at, s.is_finalized,
               e.steve_transaction_id, e.position, e.measured_from, e.measured_at, e.counted_kwh,
               'implausible' = any(e.flags) and not :completed
                   and e.position > coalesce((select c.up_to_position from confirmed_energy c
                                               where c.steve_transaction_id = :session), -1) as held,
               e.sealed_at
          from transaction_sync_state s
          left join synced_transaction_events e on e.steve_transaction_id = s.steve_transaction_id
         where s.steve_transaction_id = :session
         order by e.position
        """;

    /**
     * Returns the energy before an instant as one row without a place, then each event of other sessions from
     * that instant on. Full UTC days before the instant's day come from the driver's daily sums, so the cost
     * does not grow with the period; only the period's first day and the instant's own day are read event by
     * event. Sealed energy is net of energy taken back and not yet given back.
     */
    private static final String NEARBY = """
        select null::timestamptz as measured_at, 0 as steve_transaction_id, 0 as position, sum(kwh) as kwh
          from (
            select kwh from sealed_usage where subscription_id = :subscription and period_from = :periodFrom
            union all
            select -kwh from taken_back
             where subscription_id = :subscription and period_from = :periodFrom and given_back_at is null
            union all
            select kwh from driver_energy_days where driver_id = :driver and day > :firstDay and day < :ownDay
            union all
            select counted_kwh from synced_transaction_events
             where driver_id = :driver and sealed_at is null and measured_at > :from and measured_at < :untilSums
            union all
            select counted_kwh from synced_transaction_events
             where driver_id = :driver and sealed_at is null
               and measured_at > :from and measured_at >= :ownDayStart and measured_at < :first) earlier
        union all
        select measured_at, steve_transaction_id, position, counted_kwh from synced_transaction_events
         where driver_id = :driver and sealed_at is null
           and measured_at > :from and measured_at >= :first and measured_at <= :last
           and steve_transaction_id <> :session
         order by 1 nulls first, 2, 3
        """;

    private static final String SEALS = """
        select x.position, x.subscription_id, x.period_from, x.before_kwh,
               coalesce(sum(t.kwh), 0) as taken_kwh, count(t.kwh) = count(t.given_back_at) as settled
          from sealed_events x left join taken_back t using (steve_transaction_id, position)
         where x.steve_transaction_id = ?
         group by x.steve_transaction_id, x.position
        """;

    private static final int ROWS_AT_A_TIME = 1_000;

    private final JdbcClient jdbc;

    BilledEventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reads the events of a session, oldest first.
     *
     * @param completed the final meter reading confirms its implausible energy
     */
    SessionEvents of(SessionId session, boolean completed) {
        var events = new SessionEvents(session);
        jdbc.sql(OF_SESSION)
                .withFetchSize(ROWS_AT_A_TIME)
                .param("session", session.value())
                .param("completed", completed)
                .query(row -> {
                    events.disputed(row.getBoolean("disputed"));
                    if (events.facts().isEmpty()) {
                        events.facts(new SessionEvents.Facts(
                                row.getString("charge_box_id"),
                                SqlTime.required(row, "started_at"),
                                SqlTime.instant(row, "stopped_at"),
                                !row.getBoolean("is_finalized")));
                    }
                    if (row.getObject("position") != null) {
                        events.add(
                                row.getInt("position"),
                                SqlTime.required(row, "measured_from"),
                                SqlTime.required(row, "measured_at"),
                                Energy.ofKilowattHours(row.getBigDecimal("counted_kwh")),
                                row.getBoolean("held"),
                                SqlTime.instant(row, "sealed_at"));
                    }
                });
        if (events.hasSealed()) {
            addSeals(session, events);
        }
        return events;
    }

    private void addSeals(SessionId session, SessionEvents events) {
        jdbc.sql(SEALS).withFetchSize(ROWS_AT_A_TIME).param(session.value()).query(row -> {
            events.seal(
                    row.getInt("position"),
                    new SessionEvents.Place(
                            new SubscriptionId(row.getLong("subscription_id")),
                            SqlTime.required(row, "period_from"),
                            Energy.ofKilowattHours(row.getBigDecimal("before_kwh")),
                            Energy.ofKilowattHours(row.getBigDecimal("taken_kwh")),
                            row.getBoolean("settled")));
        });
    }

    /**
     * Returns the period's energy that ranks before each of these events, in their order, in mWh. All sealed
     * events rank first; unsealed ones rank by instant, session and position, over all cards and concurrent
     * sessions.
     *
     * @param events unsealed events of one session in this period, at least one
     */
    long[] before(List<BilledEvent> events, SubscriptionPeriod period) {
        var from = period.inForce().from();
        var ranking = new Ranking(events);
        var first = ranking.first();
        var last = ranking.last();
        var ownDay = first.truncatedTo(ChronoUnit.DAYS);
        var secondDay = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        jdbc.sql(NEARBY)
                .withFetchSize(ROWS_AT_A_TIME)
                .param("session", events.getFirst().session().value())
                .param("driver", period.subscription().driver().value())
                .param("subscription", period.subscription().id().value())
                .param("periodFrom", SqlTime.utc(period.whole().from()))
                .param("from", SqlTime.utc(from))
                .param("firstDay", LocalDate.ofInstant(from, ZoneOffset.UTC))
                .param("ownDay", LocalDate.ofInstant(ownDay, ZoneOffset.UTC))
                .param("untilSums", SqlTime.utc(earlier(secondDay, ownDay)))
                .param("ownDayStart", SqlTime.utc(ownDay))
                .param("first", SqlTime.utc(first))
                .param("last", SqlTime.utc(last))
                .query(row -> {
                    ranking.pass(nearby(row));
                });
        return ranking.complete();
    }

    /**
     * @param at empty for the sum of all earlier energy
     */
    private record Nearby(Optional<Instant> at, SessionId session, Energy energy) {

        boolean ranksBefore(BilledEvent event) {
            var measured = event.measuredAt();
            return at.map(instant -> instant.isBefore(measured)
                            || instant.equals(measured) && session.compareTo(event.session()) < 0)
                    .orElse(true);
        }
    }

    /** Merges a session's events into the energy of other sessions, which is passed in order, to find their places. */
    private static final class Ranking {

        private final List<BilledEvent> events;
        private final int[] order;
        private final long[] before;
        private int placed;
        private Energy total = Energy.ZERO;

        Ranking(List<BilledEvent> events) {
            this.events = events;
            order = IntStream.range(0, events.size())
                    .boxed()
                    .sorted(Comparator.<Integer, Instant>comparing(
                                    i -> events.get(i).measuredAt())
                            .thenComparing(i -> events.get(i).position()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            before = new long[order.length];
        }

        Instant first() {
            return events.get(order[0]).measuredAt();
        }

        Instant last() {
            return events.get(order[order.length - 1]).measuredAt();
        }

        void pass(Nearby other) {
            while (placed < order.length && !other.ranksBefore(events.get(order[placed]))) {
                placeNext();
            }
            total = total.plus(other.energy());
        }

        long[] complete() {
            while (placed < order.length) {
                placeNext();
            }
            return before;
        }

        private void placeNext() {
            int next = order[placed++];
            before[next] = total.milliwattHours();
            total = total.plus(events.get(next).energy());
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Nearby nearby(ResultSet row) throws SQLException {
        return new Nearby(
                SqlTime.instant(row, "measured_at"),
                new SessionId(row.getLong("steve_transaction_id")),
                Optional.ofNullable(row.getBigDecimal("kwh"))
                        .map(kwh -> Energy.ofKilowattHours(kwh))
                        .orElse(Energy.ZERO));
    }
}
