package express.polaris.billing.cost;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.SessionTimes;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Interval;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Fees that invoices have charged, and the times that fees are computed from. */
@Repository
public class SealedFeeRepository {

    /**
     * Times of sessions {@code s}, and the spans in which energy flowed, at 100 W or more on average; one row at least for
     * each session. The end is the later of the stop and the latest reading, and now while the session runs.
     */
    private static final String TIMES = """
        with ended as materialized (
            select s.steve_transaction_id, s.charge_box_id, s.started_at, s.revision,
                   case when s.is_finalized
                        then greatest(s.started_at, s.stopped_at,
                                      (select max(e.measured_at) from synced_transaction_events e
                                        where e.steve_transaction_id = s.steve_transaction_id))
                        else greatest(s.started_at, cast(:now as timestamptz)) end as ended_at,
                   s.is_finalized and s.latest_is_final as completed
              from transaction_sync_state s
             where not does_not_count(s.dispute) and %s)
        select x.*, f.measured_from, f.measured_at,
               f.position = (select max(e.position) from synced_transaction_events e
                              where e.steve_transaction_id = x.steve_transaction_id) as is_latest
          from ended x
          left join synced_transaction_events f
            on f.steve_transaction_id = x.steve_transaction_id and f.counted_kwh > 0
               and f.counted_kwh * 3600000 >= 100 * extract(epoch from f.measured_at - f.measured_from)
        """;

    private static final String OF_SESSIONS = TIMES.formatted("s.steve_transaction_id = any(:sessions)")
            + " order by x.ended_at, x.steve_transaction_id, f.position";

    private static final String OF_DRIVER = TIMES.formatted("s.driver_id = :driver and s.started_at <= :to")
            + " where x.ended_at > :from and x.ended_at <= :to order by x.ended_at, x.steve_transaction_id, f.position";

    private static final String SEALED = """
        select steve_transaction_id, subscription_id, period_from, charge, filter, quantity, before_quantity, sealed_at
          from sealed_session_usage
        """;

    private final JdbcClient jdbc;

    SealedFeeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Fee that an invoice has charged, or given back.
     *
     * @param quantity sessions or minutes; negative if given back
     * @param before what ranks before it in its period, charge and filter
     */
    public record Sealed(
            SessionId session,
            SubscriptionId subscription,
            Instant periodFrom,
            int charge,
            Optional<Integer> filter,
            BigDecimal quantity,
            BigDecimal before,
            Instant sealedAt) {}

    /**
     * Session and its times.
     *
     * @param completed whether its end is final
     */
    public record TimedSession(SessionId id, String chargeBox, long revision, boolean completed, SessionTimes times) {}

    /** Returns what invoices charged for a session, in their order. */
    public List<Sealed> of(SessionId session) {
        return jdbc.sql(SEALED + "where steve_transaction_id = ? order by id")
                .param(session.value())
                .query(SealedFeeRepository::sealed)
                .list();
    }

    /** Returns what invoices charged in a billing period, in their order. */
    public List<Sealed> of(SubscriptionPeriod period) {
        return jdbc.sql(SEALED + "where subscription_id = ? and period_from = ? order by id")
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .query(SealedFeeRepository::sealed)
                .list();
    }

    /** Returns the times of these sessions, by end, then id; without those that a dispute keeps from counting. */
    public List<TimedSession> times(Collection<SessionId> sessions, Instant now) {
        return collected(jdbc.sql(OF_SESSIONS).param("sessions", ids(sessions)).param("now", SqlTime.utc(now)));
    }

    /** Returns those of the sessions whose fees invoices have charged in another billing period. */
    Set<SessionId> chargedElsewhere(Collection<SessionId> sessions, SubscriptionPeriod period) {
        return Set.copyOf(jdbc.sql("""
            select distinct steve_transaction_id from sealed_session_usage
             where steve_transaction_id = any(?) and (subscription_id, period_from) <> (?, ?)
            """)
                .param(ids(sessions))
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list());
    }

    private static Long[] ids(Collection<SessionId> sessions) {
        return sessions.stream().map(SessionId::value).toArray(Long[]::new);
    }

    /**
     * Returns the driver's sessions that ended after {@code from} and up to {@code to}, by end, then id; those that run end
     * now.
     */
    public List<TimedSession> ended(AccountId driver, Instant from, Instant to, Instant now) {
        return collected(jdbc.sql(OF_DRIVER)
                .param("driver", driver.value())
                .param("from", SqlTime.utc(from))
                .param("to", SqlTime.utc(to))
                .param("now", SqlTime.utc(now)));
    }

    private static List<TimedSession> collected(JdbcClient.StatementSpec query) {
        var found = new LinkedHashMap<SessionId, Collector>();
        query.query(row -> {
            found.computeIfAbsent(new SessionId(row.getLong("steve_transaction_id")), Collector::new)
                    .add(row);
        });
        return found.values().stream().map(Collector::session).toList();
    }

    /** Collects the rows of one session. */
    private static final class Collector {

        private final SessionId id;
        private final List<Interval> charging = new ArrayList<>();
        private String chargeBox = "";
        private long revision;
        private boolean completed;
        private Instant start = Instant.EPOCH;
        private Instant end = Instant.EPOCH;
        private boolean flowsAtLast;

        Collector(SessionId id) {
            this.id = id;
        }

        void add(ResultSet row) throws SQLException {
            chargeBox = row.getString("charge_box_id");
            revision = row.getLong("revision");
            completed = row.getBoolean("completed");
            start = SqlTime.required(row, "started_at");
            end = SqlTime.required(row, "ended_at");
            if (row.getObject("measured_at") != null) {
                join(SqlTime.required(row, "measured_from"), SqlTime.required(row, "measured_at"));
                flowsAtLast |= row.getBoolean("is_latest");
            }
        }

        /** A span that touches the one before extends it. */
        private void join(Instant from, Instant to) {
            if (!charging.isEmpty() && !charging.getLast().to().isBefore(from)) {
                var last = charging.removeLast();
                charging.add(new Interval(last.from(), to.isAfter(last.to()) ? to : last.to()));
            } else {
                charging.add(new Interval(from, to));
            }
        }

        TimedSession session() {
            boolean flows = !completed && flowsAtLast;
            var energyEnd = charging.isEmpty() ? start : charging.getLast().to();
            return new TimedSession(
                    id,
                    chargeBox,
                    revision,
                    completed,
                    new SessionTimes(start, end.isBefore(start) ? start : end, flows ? end : energyEnd, charging));
        }
    }

    private static Sealed sealed(ResultSet row, int number) throws SQLException {
        return new Sealed(
                new SessionId(row.getLong("steve_transaction_id")),
                new SubscriptionId(row.getLong("subscription_id")),
                SqlTime.required(row, "period_from"),
                row.getInt("charge"),
                Optional.ofNullable(row.getObject("filter", Integer.class)),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("before_quantity"),
                SqlTime.required(row, "sealed_at"));
    }
}
