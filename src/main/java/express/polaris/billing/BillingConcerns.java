package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.invoicing.HeldInvoices;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.PlanRepository;
import express.polaris.platform.refusals.Wording;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Billing problems for operators: energy without a price, plans that cannot be computed, waiting invoices. */
@Repository
public class BillingConcerns {

    private final JdbcClient jdbc;
    private final PlanRepository plans;
    private final HeldInvoices heldInvoices;

    BillingConcerns(JdbcClient jdbc, PlanRepository plans, HeldInvoices heldInvoices) {
        this.jdbc = jdbc;
        this.plans = plans;
        this.heldInvoices = heldInvoices;
    }

    /**
     * Driver's sessions with energy that no subscription covers.
     *
     * @param energy all energy of these sessions, including covered energy
     * @param since start of the first of them in the requested range
     */
    public record Uncovered(AccountId driver, long sessions, Energy energy, Instant since) {}

    /**
     * Lists sessions by owner that started at or after this instant and have energy at a time without a
     * subscription; owners with most sessions first. Drivers with a subscription for the whole time are skipped
     * without reading their sessions, and a session that one subscription covers completely without reading its
     * events. The subqueries keep this order; as joins, they could be planned as one pass over all events.
     */
    public List<Uncovered> uncovered(Instant startedSince, int limit) {
        return jdbc.sql("""
            with drivers as materialized (
                select a.id from accounts a
                 where not exists (select from subscriptions u
                                    where u.driver_id = a.id and u.started_at <= :since and u.ended_at is null)),
            sessions as materialized (
                select s.*
                  from drivers d
                 cross join lateral (
                       select s.steve_transaction_id, s.driver_id, s.started_at, s.energy_wh
                         from transaction_sync_state s
                        where s.driver_id = d.id and s.started_at >= :since and s.energy_wh <> 0
                          and not does_not_count(s.dispute)
                          and not exists (
                              select from subscriptions u
                               where u.driver_id = d.id and u.started_at <= s.started_at
                                 and (u.ended_at is null
                                   or u.ended_at >= coalesce(greatest(s.stopped_at, s.last_reading_at), 'infinity')))
                       offset 0) s)
            select s.driver_id, count(*) as sessions, sum(s.energy_wh) as energy_wh, min(s.started_at) as since
              from sessions s
             cross join lateral (
                   select from synced_transaction_events e
                    where e.steve_transaction_id = s.steve_transaction_id and e.counted_kwh <> 0
                      and not exists (
                          select from subscriptions u
                           where u.driver_id = s.driver_id and u.started_at < e.measured_at
                             and (u.ended_at is null or u.ended_at >= e.measured_at))
                    limit 1) uncovered
             group by s.driver_id
             order by count(*) desc, s.driver_id
             limit :limit
            """)
                .param("since", SqlTime.utc(startedSince))
                .param("limit", limit)
                .query((row, number) -> new Uncovered(
                        new AccountId(row.getLong("driver_id")),
                        row.getLong("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        SqlTime.required(row, "since")))
                .list();
    }

    /** Whether any subscription is in force or starts later. */
    public boolean hasSubscriptions(Instant now) {
        return jdbc.sql("select exists (select from subscriptions where ended_at is null or ended_at > ?)")
                .param(SqlTime.utc(now))
                .query(Boolean.class)
                .single();
    }

    public boolean hasPlans() {
        return jdbc.sql("select exists (select from plans)")
                .query(Boolean.class)
                .single();
    }

    /** Invoices that wait for an issuer. */
    public record Prepared(long invoices, Instant since) {}

    public Optional<Prepared> prepared() {
        return jdbc.sql("""
            select count(*) as invoices, min(drawn_up_at) as since from invoices
             where drawn_up_at is not null and finalized_at is null
            having count(*) > 0 and not exists (select from issuers)
            """)
                .query((row, number) -> new Prepared(row.getLong("invoices"), SqlTime.required(row, "since")))
                .optional();
    }

    /** Returns those of the closed sessions whose driver had a plan with fees per session or minute when they ended. */
    public Set<SessionId> withFees(Collection<SessionId> closed) {
        return jdbc
                .sql("""
            select s.steve_transaction_id,
            """ + PlanRepository.COLUMNS + """
              from transaction_sync_state s
              join subscriptions u on u.driver_id = s.driver_id
               and u.started_at < coalesce(s.stopped_at, s.last_reading_at, s.started_at)
               and (u.ended_at is null or u.ended_at >= coalesce(s.stopped_at, s.last_reading_at, s.started_at))
              join plans p on p.id = u.plan_id
             where s.steve_transaction_id = any(:sessions)
            """)
                .param("sessions", closed.stream().map(SessionId::value).toArray(Long[]::new))
                .query((row, number) -> Map.entry(new SessionId(row.getLong("steve_transaction_id")), plans.plan(row)))
                .list()
                .stream()
                .filter(found -> found.getValue().hasFees())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * Plan with a feature that changes the price and is not supported.
     *
     * @param subscriptions number of subscriptions to this version that are in force or start later
     * @param since when the version was saved
     */
    public record UnsupportedPlan(Plan plan, long subscriptions, Instant since) {}

    /** Lists unsupported plans by code: latest versions, and older ones with a subscription that has not ended. */
    public List<UnsupportedPlan> unsupportedPlans(Instant now) {
        return jdbc
                .sql("""
            with wanted as (
                select p.id, p.created_at,
                       (select count(*) from subscriptions u
                         where u.plan_id = p.id and (u.ended_at is null or u.ended_at > :now)) as subscriptions,
                       not exists (select from plans later
                                    where later.code = p.code and later.version > p.version) as latest
                  from plans p)
            select w.subscriptions, w.created_at,
            """ + PlanRepository.COLUMNS + """
              from wanted w join plans p on p.id = w.id
             where w.latest or w.subscriptions > 0
             order by p.code, p.version
            """)
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new UnsupportedPlan(
                        plans.plan(row), row.getLong("subscriptions"), SqlTime.required(row, "created_at")))
                .list()
                .stream()
                .filter(found -> !found.plan().isSupported())
                .toList();
    }

    /**
     * Invoices that are due but not drawn up.
     *
     * @param because reason one of them waits; empty when none waits
     * @param overdueSince earliest due time that has passed, held invoices included; empty when none has
     */
    public record InvoicesWaiting(long held, Optional<Wording> because, Optional<Instant> overdueSince) {}

    public InvoicesWaiting invoicesWaiting(Instant now) {
        var because =
                heldInvoices.list(1).stream().map(HeldInvoices.Held::because).findFirst();
        return jdbc.sql("""
            select count(*) filter (where held_because is not null) as held,
                   min(due_at) filter (where due_at <= :now and isfinite(due_at)) as overdue_since
              from invoice_schedule where held_because is not null or due_at <= :now
            """)
                .param("now", SqlTime.utc(now))
                .query((row, number) ->
                        new InvoicesWaiting(row.getLong("held"), because, SqlTime.instant(row, "overdue_since")))
                .single();
    }
}
