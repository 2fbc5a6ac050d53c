package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionPeriod;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Billing periods whose energy or fees an invoice has; repository of {@code invoiced_periods}. While the invoice is
 * cancelled and has no replacement, its periods wait: their energy is credited as a whole, so what changes in them is
 * neither billed nor given back before the replacement.
 */
@Repository
class InvoicedPeriods {

    static final String WAITING = """
        select w.subscription_id, w.period_from, w.period_to, i.driver_id, i.number
          from invoiced_periods w join invoices i on i.id = w.invoice_id
         where i.cancelled_by is not null and not exists (select from invoices r where r.replaces = i.number)
        """;

    private final JdbcClient jdbc;

    InvoicedPeriods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Key(SubscriptionId subscription, Instant from) {}

    /**
     * Returns whether a period of the driver waits.
     *
     * @param replaced number of a cancelled invoice whose replacement is being drawn up, for which nothing waits
     */
    Predicate<SubscriptionPeriod> waiting(AccountId driver, Optional<String> replaced) {
        var waiting = new HashSet<Key>();
        jdbc.sql(WAITING + " and i.driver_id = :driver and i.number is distinct from cast(:replaced as text)")
                .param("driver", driver.value())
                .param("replaced", replaced.orElse(null))
                .query(row -> {
                    waiting.add(new Key(
                            new SubscriptionId(row.getLong("subscription_id")), SqlTime.required(row, "period_from")));
                });
        return period -> waiting.contains(
                new Key(period.subscription().id(), period.whole().from()));
    }

    /** Writes the periods of an invoice that is not drawn up yet. */
    void write(long invoice, Collection<SubscriptionPeriod> periods) {
        periods.forEach(period -> jdbc.sql("""
            insert into invoiced_periods (invoice_id, subscription_id, period_from, period_to) values (?, ?, ?, ?)
            """)
                .param(invoice)
                .param(period.subscription().id().value())
                .param(SqlTime.utc(period.whole().from()))
                .param(SqlTime.utc(period.whole().to()))
                .update());
    }

    /** Gives a replacement the periods of the invoice whose place it takes. */
    void copy(String replaced, long replacement) {
        jdbc.sql("""
            insert into invoiced_periods (invoice_id, subscription_id, period_from, period_to)
            select :replacement, p.subscription_id, p.period_from, p.period_to
              from invoiced_periods p join invoices i on i.id = p.invoice_id
             where i.number = :replaced
            on conflict do nothing
            """)
                .param("replacement", replacement)
                .param("replaced", replaced)
                .update();
    }
}
