package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.database.SqlTime;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Energy without a price, plans that are not fully computed, invoices that wait: what an operator has to look at. */
@Repository
public class BillingConcerns {

    private final JdbcClient jdbc;
    private final PlanRepository plans;

    BillingConcerns(JdbcClient jdbc, PlanRepository plans) {
        this.jdbc = jdbc;
        this.plans = plans;
    }

    /**
     * A driver's sessions with energy that no subscription covers.
     *
     * @param since the start of the first of them in the span that was asked for
     */
    public record Uncovered(AccountId driver, long sessions, Energy energy, Instant since) {}

    /**
     * Sessions that started since and have energy at a time at which their owner had no subscription, by owner; most
     * sessions first. A session that one subscription covers from end to end is not looked into.
     */
    public List<Uncovered> uncovered(Instant startedSince, int limit) {
        return jdbc.sql("""
            select s.driver_id, count(*) as sessions, sum(s.energy_wh) as energy_wh, min(s.started_at) as since
              from transaction_sync_state s
             where s.started_at >= :since and s.driver_id is not null and s.energy_wh <> 0
               and not does_not_count(s.dispute)
               and not exists (
                   select from subscriptions u
                    where u.driver_id = s.driver_id and u.started_at <= s.started_at
                      and (u.ended_at is null
                        or u.ended_at >= coalesce(greatest(s.stopped_at, s.last_reading_at), 'infinity')))
               and exists (
                   select from synced_transaction_events e
                    where e.steve_transaction_id = s.steve_transaction_id and e.counted_kwh <> 0
                      and not exists (
                          select from subscriptions u
                           where u.driver_id = s.driver_id and u.started_at < e.measured_at
                             and (u.ended_at is null or u.ended_at >= e.measured_at)))
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

    /** Whether there is any plan at all. */
    public boolean hasPlans() {
        return jdbc.sql("select exists (select from plans)")
                .query(Boolean.class)
                .single();
    }

    /**
     * A plan with something that changes the price and is not computed here.
     *
     * @param subscriptions in force or yet to begin, of this version
     */
    public record UnsupportedPlan(Plan plan, long subscriptions, Instant since) {}

    /** The latest versions, and older ones that somebody still has; by code. */
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
     * Invoices that are due and are not drawn up.
     *
     * @param because why one of them is not; empty when none waits
     * @param overdueSince since when the one that nobody has looked at yet is due; empty when there is none
     */
    public record InvoicesWaiting(long held, Optional<String> because, Optional<Instant> overdueSince) {}

    public InvoicesWaiting invoicesWaiting(Instant now) {
        return jdbc.sql("""
            select count(*) filter (where held_because is not null) as held, max(held_because) as because,
                   min(due_at) filter (where due_at <= :now and isfinite(due_at)) as overdue_since
              from invoice_schedule where held_because is not null or due_at <= :now
            """)
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new InvoicesWaiting(
                        row.getLong("held"),
                        Optional.ofNullable(row.getString("because")),
                        SqlTime.instant(row, "overdue_since")))
                .single();
    }
}
