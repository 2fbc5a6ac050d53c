package express.polaris.billing.invoicing;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.plans.BillingReason;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Refusal;
import express.polaris.platform.sql.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Final billing of a deleted account: ends the plan, invoices the usage up to then when due, and keeps the
 * recipient's name, e-mail address and billing address until that is done.
 */
@Service
public class FinalInvoices {

    private final SubscriptionService subscriptions;
    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    FinalInvoices(SubscriptionService subscriptions, JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.subscriptions = subscriptions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Ends the driver's active subscriptions, cancels those that have not started, and keeps the invoice recipient.
     * The audit log names the driver as the actor.
     *
     * @param before the account before its deletion
     * @throws Conflict if a subscription cannot end now
     */
    @Transactional
    public void leave(Account before) {
        var driver = before.id();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (var subscription : subscriptions.lock(driver)) {
            if (!subscription.startedAt().isBefore(now)) {
                subscriptions.cancel(subscription);
                note(driver, "subscription.cancel", subscription);
            } else if (subscription.endedAt().filter(end -> !end.isAfter(now)).isEmpty()) {
                end(subscription, now);
                note(driver, "subscription.terminate", subscription);
            }
        }
        jdbc.sql("insert into billing_recipients (driver_id, name, email) values (?, ?, ?) on conflict do nothing")
                .param(driver.value())
                .param(before.name())
                .param(before.email())
                .update();
        forgetSettled();
    }

    private void end(Subscription subscription, Instant now) {
        try {
            subscriptions.terminate(subscription.id(), now.toString());
        } catch (Refusal refusal) {
            throw new Conflict(BillingReason.CANNOT_END.with(subscription.id().value()));
        }
    }

    /** Deletes the recipients for whom nothing is left to invoice, with their addresses; returns their number. */
    int forgetSettled() {
        return jdbc.sql("""
            with settled as (
                delete from billing_recipients r
                 where not exists (select from invoice_schedule i join subscriptions s on s.id = i.subscription_id
                                    where s.driver_id = r.driver_id
                                      and (i.due_at < :never
                                           or exists (select from synced_transaction_events e
                                                       where e.driver_id = r.driver_id and e.sealed_at is null
                                                         and e.counted_kwh <> 0 and e.measured_at > s.started_at
                                                         and e.measured_at <= i.invoiced_through)
                                           or exists (select from taken_back t
                                                       where t.subscription_id = s.id and t.given_back_at is null)))
                   and not exists (select from session_usage_seals u
                                     join transaction_sync_state x using (steve_transaction_id)
                                    where u.changed_at is not null and x.driver_id = r.driver_id)
                   and not exists (select from credits c where c.driver_id = r.driver_id and c.invoice_id is null)
                   and not exists (select from invoices p where p.driver_id = r.driver_id
                                      and p.drawn_up_at is not null and p.finalized_at is null)
                returning r.driver_id),
            addresses as (
                delete from billing_addresses b using settled s where b.driver_id = s.driver_id)
            select count(*) from settled
            """)
                .param("never", SqlTime.utc(InvoiceSchedule.NEVER))
                .query(Integer.class)
                .single();
    }

    private void note(AccountId driver, String action, Subscription subscription) {
        audit.record(
                Optional.of(driver),
                action,
                "subscription " + subscription.id().value(),
                Map.of("driver", driver.value()));
    }
}
