package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.Completeness;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code invoice_schedule}, and the check whether all energy of a period has arrived. */
@Repository
class InvoiceSchedule {

    /** Due time of a subscription with nothing left to invoice; later than any period. */
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final Completeness completeness;

    InvoiceSchedule(JdbcClient jdbc, Completeness completeness) {
        this.jdbc = jdbc;
        this.completeness = completeness;
    }

    /**
     * Invoicing state of a subscription.
     *
     * @param through end of the last invoiced period
     * @param advanceFor start of the last period whose fee was charged in advance
     * @param advanceFee that fee
     */
    record State(
            SubscriptionId subscription,
            Optional<Instant> through,
            Optional<Instant> advanceFor,
            Optional<BigDecimal> advanceFee) {}

    /**
     * Claims the subscription with the earliest due invoice until the transaction ends; safe on several nodes. Locks
     * the subscription before its schedule, as a change of the subscription's end does.
     */
    Optional<State> claim(Instant until, Collection<SubscriptionId> except) {
        return jdbc.sql("""
            select i.subscription_id, i.invoiced_through, i.advance_for, i.advance_fee
              from subscriptions s join invoice_schedule i on i.subscription_id = s.id
             where i.due_at <= :until and i.subscription_id <> all(:except)
             order by i.due_at, i.subscription_id
             limit 1
               for no key update skip locked
            """)
                .param("until", SqlTime.utc(until))
                .param("except", except.stream().map(SubscriptionId::value).toArray(Long[]::new))
                .query(InvoiceSchedule::state)
                .optional();
    }

    /** Returns the state of a driver's subscriptions that have an invoiced period. */
    List<State> of(AccountId driver) {
        return jdbc.sql("""
            select i.subscription_id, i.invoiced_through, i.advance_for, i.advance_fee
              from invoice_schedule i join subscriptions s on s.id = i.subscription_id
             where s.driver_id = ? and i.invoiced_through is not null
             order by i.subscription_id
            """).param(driver.value()).query(InvoiceSchedule::state).list();
    }

    Optional<State> find(SubscriptionId subscription) {
        return jdbc.sql("""
            select subscription_id, invoiced_through, advance_for, advance_fee
              from invoice_schedule where subscription_id = ?
            """)
                .param(subscription.value())
                .query(InvoiceSchedule::state)
                .optional();
    }

    /**
     * Lists drivers with a credit, late energy or energy taken back that has waited for an invoice since this
     * instant; without what waits for a replacement.
     */
    List<AccountId> waitingSince(Instant oldest) {
        return jdbc.sql("with waiting as materialized (" + InvoicedPeriods.WAITING + """
            )
            select driver_id from credits where invoice_id is null and created_at <= :oldest
            union
            select s.driver_id
              from invoice_schedule i join subscriptions s on s.id = i.subscription_id
             cross join lateral (
                   select from synced_transaction_events e
                    where e.driver_id = s.driver_id and e.sealed_at is null and e.measured_at > s.started_at
                      and e.measured_at <= i.invoiced_through and e.synced_at <= :oldest
                      and not exists (select from waiting w
                                       where w.subscription_id = s.id and e.measured_at > w.period_from
                                         and e.measured_at <= w.period_to)
                    limit 1) late
             where i.invoiced_through is not null
            union
            select s.driver_id
              from taken_back t join subscriptions s on s.id = t.subscription_id
             where t.given_back_at is null and t.learnt_at <= :oldest
               and not exists (select from waiting w
                                where w.subscription_id = t.subscription_id and w.period_from = t.period_from)
            union
            select s.driver_id
              from session_usage_seals u join transaction_sync_state s using (steve_transaction_id)
             where u.changed_at <= :oldest and s.driver_id is not null
               and s.is_finalized and s.latest_is_final and not does_not_count(s.dispute)
               and not exists (select from waiting w join sealed_session_usage f using (subscription_id, period_from)
                                where f.steve_transaction_id = u.steve_transaction_id)
             order by 1
            """)
                .param("oldest", SqlTime.utc(oldest))
                .query((row, number) -> new AccountId(row.getLong(1)))
                .list();
    }

    /** Sets when to check the subscription again; until then nothing is held. */
    void due(SubscriptionId subscription, Instant at) {
        due(subscription, at, Optional.empty());
    }

    /** Holds the due invoice, and sets when to check the subscription again. */
    void hold(SubscriptionId subscription, Instant at, Hold hold) {
        due(subscription, at, Optional.of(hold));
    }

    private void due(SubscriptionId subscription, Instant at, Optional<Hold> hold) {
        jdbc.sql("""
            update invoice_schedule
               set due_at = :at, held_because = :reason, held_session = :session, unread_since = :since
             where subscription_id = :subscription
            """)
                .param("at", SqlTime.utc(at))
                .param("reason", hold.map(it -> it.reason().name()).orElse(null))
                .param(
                        "session",
                        hold.flatMap(Hold::session).map(SessionId::value).orElse(null))
                .param("since", SqlTime.utc(hold.flatMap(Hold::unreadSince)))
                .param("subscription", subscription.value())
                .update();
    }

    void invoiced(SubscriptionId subscription, Instant through) {
        jdbc.sql("""
            update invoice_schedule
               set invoiced_through = ?, held_because = null, held_session = null, unread_since = null
             where subscription_id = ?
            """).param(SqlTime.utc(through)).param(subscription.value()).update();
    }

    void charged(SubscriptionId subscription, Instant advanceFor, BigDecimal fee) {
        jdbc.sql("update invoice_schedule set advance_for = ?, advance_fee = ? where subscription_id = ?")
                .param(SqlTime.utc(advanceFor))
                .param(fee)
                .param(subscription.value())
                .update();
    }

    /**
     * Returns why the driver's energy up to this instant may be incomplete; empty when it is complete. Since
     * that instant, a comparison with SteVe's last 90 days must have succeeded, and each of the driver's
     * sessions that is not final must have been read. Sessions that a dispute excludes are not waited for.
     */
    Optional<Hold> incomplete(AccountId driver, Instant end) {
        if (completeness.comparedAt().filter(at -> at.isAfter(end)).isEmpty()) {
            return Optional.of(Hold.notCompared(end));
        }
        return jdbc.sql("""
            with waiting as materialized (
                select steve_transaction_id as id, started_at, dispute from transaction_sync_state
                 where driver_id = :driver and last_read_at is null and gone_from_steve_at is null
                union all
                select steve_transaction_id, started_at, dispute from transaction_sync_state
                 where driver_id = :driver and not is_finalized and last_read_at <= :end
                   and gone_from_steve_at is null)
            select min(id) as id from waiting where started_at < :end and not does_not_count(dispute)
            """)
                .param("driver", driver.value())
                .param("end", SqlTime.utc(end))
                .query((row, number) -> Optional.ofNullable(row.getObject("id", Long.class)))
                .single()
                .map(id -> Hold.notRead(new SessionId(id), end));
    }

    private static State state(ResultSet row, int number) throws SQLException {
        return new State(
                new SubscriptionId(row.getLong("subscription_id")),
                SqlTime.instant(row, "invoiced_through"),
                SqlTime.instant(row, "advance_for"),
                Optional.ofNullable(row.getBigDecimal("advance_fee")));
    }
}
