package express.polaris.billing.invoicing;

import express.polaris.billing.cost.SealedFeeRepository;
import express.polaris.billing.cost.SealedFeeRepository.TimedSession;
import express.polaris.billing.cost.SessionFees;
import express.polaris.billing.cost.SessionFees.Placed;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Seals the fees of completed sessions per session and minute: a sealed fee never changes its place or price. A session
 * whose revision has risen since is compared again; the difference is one more row.
 */
@Repository
class FeeSealing {

    private final SealedFeeRepository sealed;
    private final SessionFees fees;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    FeeSealing(SealedFeeRepository sealed, SessionFees fees, JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.sealed = sealed;
        this.fees = fees;
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Seals the fees of the period's completed sessions; returns the price of what was added or taken back. */
    Map<SessionId, List<FeeLine>> seal(SubscriptionPeriod period, Instant now) {
        var lines = new LinkedHashMap<SessionId, List<FeeLine>>();
        if (!period.plan().hasFees()) {
            return lines;
        }
        var open = notCompared(fees.sessionsOf(period, now));
        var placed = fees.placed(period, open, sealed.of(period));
        batches.batchUpdate(
                """
            insert into sealed_session_usage (steve_transaction_id, subscription_id, period_from, charge, filter, quantity,
                   before_quantity, sealed_at)
            values (:session, :subscription, :periodFrom, :charge, :filter, :quantity, :before, :now)
            """, placed.stream().map(part -> row(part, period, now)).toArray(MapSqlParameterSource[]::new));
        batches.batchUpdate(
                """
            insert into session_usage_seals as u (steve_transaction_id, revision) values (:session, :revision)
            on conflict (steve_transaction_id) do update
               set revision = excluded.revision,
                   changed_at = case when excluded.revision = (select s.revision from transaction_sync_state s
                                                                where s.steve_transaction_id = u.steve_transaction_id)
                                     then null else u.changed_at end
            """,
                open.stream()
                        .map(session -> new MapSqlParameterSource()
                                .addValue("session", session.id().value())
                                .addValue("revision", session.revision()))
                        .toArray(MapSqlParameterSource[]::new));
        placed.stream()
                .collect(Collectors.groupingBy(part -> part.session().id(), LinkedHashMap::new, Collectors.toList()))
                .forEach((session, parts) -> lines.put(session, fees.lines(period, parts)));
        return lines;
    }

    private static MapSqlParameterSource row(Placed part, SubscriptionPeriod period, Instant now) {
        return new MapSqlParameterSource()
                .addValue("session", part.session().id().value())
                .addValue("subscription", period.subscription().id().value())
                .addValue("periodFrom", SqlTime.utc(period.whole().from()))
                .addValue("charge", part.part().charge())
                .addValue("filter", part.part().filter().orElse(null))
                .addValue("quantity", part.quantity())
                .addValue("before", part.before())
                .addValue("now", SqlTime.utc(now));
    }

    /** Returns the periods, invoiced up to an instant, with sessions whose fees are to be compared with the invoices'. */
    Set<SubscriptionPeriod> late(Subscription subscription, Instant invoicedThrough, Instant now) {
        if (!subscription.plan().hasFees()) {
            return Set.of();
        }
        return changed(subscription, invoicedThrough, now).stream()
                .map(session -> periodOf(session, subscription))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the exact price of the fees in a billing period that are still to be invoiced. */
    BigDecimal open(SubscriptionPeriod period, Instant now) {
        var placed = fees.placed(period, notCompared(fees.sessionsOf(period, now)), sealed.of(period));
        return fees.lines(period, placed).stream().map(FeeLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A session keeps the period in which an invoice first charged its fees. */
    private SubscriptionPeriod periodOf(TimedSession session, Subscription subscription) {
        return sealed.of(session.id()).stream()
                .filter(fee -> fee.subscription().equals(subscription.id()))
                .findFirst()
                .map(fee -> subscription.periodAt(fee.periodFrom()))
                .orElseGet(() -> subscription.periodOfReading(session.times().end()));
    }

    /** Completed sessions under a subscription that ended by an instant, or have fees on an invoice, and changed since. */
    private List<TimedSession> changed(Subscription subscription, Instant through, Instant now) {
        var ids = jdbc.sql("""
            select s.steve_transaction_id
              from transaction_sync_state s
              left join session_usage_seals u using (steve_transaction_id)
             where s.driver_id = :driver and s.is_finalized and s.latest_is_final and s.started_at <= :through
               and (s.started_at > cast(:from as timestamptz) - interval '60 days'
                    or s.updated_at > cast(:from as timestamptz) - interval '1 day')
               and u.revision is distinct from s.revision
            """)
                .param("driver", subscription.driver().value())
                .param("from", SqlTime.utc(subscription.startedAt()))
                .param("through", SqlTime.utc(through))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
        return sealed.times(ids, now).stream()
                .filter(session -> isUnder(session, subscription, through))
                .toList();
    }

    private boolean isUnder(TimedSession session, Subscription subscription, Instant through) {
        var charged = sealed.of(session.id());
        var end = session.times().end();
        return charged.isEmpty()
                ? end.isAfter(subscription.startedAt()) && !end.isAfter(through)
                : charged.getFirst().subscription().equals(subscription.id());
    }

    /** Completed sessions that no invoice has compared in their present revision. */
    private List<TimedSession> notCompared(List<TimedSession> sessions) {
        var revisions = new HashMap<SessionId, Long>();
        jdbc.sql("select steve_transaction_id, revision from session_usage_seals where steve_transaction_id = any(?)")
                .param(sessions.stream().map(session -> session.id().value()).toArray(Long[]::new))
                .query(row -> {
                    revisions.put(new SessionId(row.getLong("steve_transaction_id")), row.getLong("revision"));
                });
        return sessions.stream()
                .filter(TimedSession::completed)
                .filter(session -> !Long.valueOf(session.revision()).equals(revisions.get(session.id())))
                .toList();
    }
}
