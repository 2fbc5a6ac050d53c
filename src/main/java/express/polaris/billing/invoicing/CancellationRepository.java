package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.sql.SqlTime;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes cancellations and replacements as copies of the invoice in {@code invoices} and its lines. */
@Repository
class CancellationRepository {

    private static final String FACTS = """
        kind, steve_transaction_id, text, plan_name, first_day, last_day, above_kwh, up_to_kwh, sessions, reason,
        band_name, metric, group_name, percent, started_at, ended_at, charger_name, place, card_label, unit_price\
        """;

    private final JdbcClient jdbc;
    private final InvoiceRepository invoices;
    private final InvoicedPeriods periods;
    private final ZoneId zone;

    CancellationRepository(JdbcClient jdbc, InvoiceRepository invoices, InvoicedPeriods periods, Settings settings) {
        this.jdbc = jdbc;
        this.invoices = invoices;
        this.periods = periods;
        this.zone = settings.timeZone();
    }

    /** Invoice that is drawn up. */
    record DrawnUp(long id, String number) {}

    /**
     * Cancelled invoice that has no replacement.
     *
     * @param vatRate that of its plan; without a plan, its own
     */
    record Unreplaced(Optional<SubscriptionId> subscription, BigDecimal vatRate) {}

    /** Locks the invoice until the transaction ends, so that it is cancelled once. */
    Optional<Long> lock(String number) {
        return jdbc.sql("select id from invoices where number = ? and drawn_up_at is not null for update")
                .param(number)
                .query(Long.class)
                .optional();
    }

    /** Writes the negative of the invoice. */
    DrawnUp cancel(long invoice, String reason, Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        long id = jdbc.sql("""
            insert into invoices (driver_id, subscription_id, kind, period_from, period_to, currency, vat_rate, net, vat,
                   total, issued_on, due_on, created_at, cancels, cancels_issued_on, cancel_reason, issuer,
                   recipient_name, recipient_email)
            select driver_id, subscription_id, 'cancellation', period_from, period_to, currency, vat_rate, -net, -vat,
                   -total, :today, :today, :now, number, issued_on, :reason, issuer, recipient_name, recipient_email
              from invoices where id = :invoice
            returning id
            """)
                .param("today", today)
                .param("reason", reason)
                .param("now", SqlTime.utc(now))
                .param("invoice", invoice)
                .query(Long.class)
                .single();
        copyLines(invoice, id, -1);
        var number = draw(id, today.getYear(), now);
        jdbc.sql("update invoices set cancelled_by = ? where id = ?")
                .param(number)
                .param(invoice)
                .update();
        return new DrawnUp(id, number);
    }

    Optional<Unreplaced> unreplaced(String number) {
        return jdbc.sql("""
            select i.subscription_id, coalesce(p.vat_rate, i.vat_rate) as vat_rate
              from invoices i
              left join subscriptions s on s.id = i.subscription_id left join plans p on p.id = s.plan_id
             where i.number = ? and i.cancelled_by is not null
               and not exists (select from invoices r where r.replaces = i.number)
            """)
                .param(number)
                .query((row, place) -> new Unreplaced(
                        Optional.ofNullable(row.getObject("subscription_id", Long.class))
                                .map(SubscriptionId::new),
                        row.getBigDecimal("vat_rate")))
                .optional();
    }

    /** Writes an invoice with the same lines, at the VAT rate of its plan. */
    DrawnUp replace(long invoice, String number, Instant now) {
        var today = LocalDate.ofInstant(now, zone);
        var sums = jdbc.sql("""
            select i.currency, i.net, coalesce(p.vat_rate, i.vat_rate) as vat_rate
              from invoices i
              left join subscriptions s on s.id = i.subscription_id left join plans p on p.id = s.plan_id
             where i.id = ?
            """)
                .param(invoice)
                .query((row, place) -> new Sums(
                        Currency.getInstance(row.getString("currency")),
                        row.getBigDecimal("net"),
                        row.getBigDecimal("vat_rate")))
                .single();
        long id = jdbc.sql("""
            insert into invoices (driver_id, subscription_id, kind, period_from, period_to, currency, vat_rate, net, vat,
                   total, issued_on, due_on, created_at, replaces, issuer, recipient_name, recipient_email)
            select driver_id, subscription_id, kind, period_from, period_to, currency, :vatRate, net, :vat, net + :vat,
                   :today, :today, :now, number, issuer, recipient_name, recipient_email
              from invoices where id = :invoice
            returning id
            """)
                .param("vatRate", sums.vatRate())
                .param("vat", sums.vat())
                .param("today", today)
                .param("now", SqlTime.utc(now))
                .param("invoice", invoice)
                .query(Long.class)
                .single();
        copyLines(invoice, id, 1);
        periods.copy(number, id);
        return new DrawnUp(id, draw(id, today.getYear(), now));
    }

    private record Sums(Currency currency, BigDecimal net, BigDecimal vatRate) {
        BigDecimal vat() {
            return new Money(net.multiply(vatRate).movePointLeft(2), currency)
                    .rounded()
                    .amount();
        }
    }

    /** Quantities and amounts have the sign, prices do not. */
    private void copyLines(long from, long to, int sign) {
        jdbc.sql("insert into invoice_lines (invoice_id, position, " + FACTS + ", quantity, energy_kwh, amount)"
                        + " select :to, position, " + FACTS
                        + ", :sign * quantity, :sign * energy_kwh, :sign * amount from invoice_lines"
                        + " where invoice_id = :from")
                .param("to", to)
                .param("from", from)
                .param("sign", sign)
                .update();
        jdbc.sql("""
            insert into invoiced_sessions (steve_transaction_id, invoice_id)
            select steve_transaction_id, :to from invoiced_sessions where invoice_id = :from
            """).param("to", to).param("from", from).update();
    }

    private String draw(long id, int year, Instant now) {
        var number = invoices.nextNumber(year);
        jdbc.sql("update invoices set number = ?, drawn_up_at = ? where id = ?")
                .param(number)
                .param(SqlTime.utc(now))
                .param(id)
                .update();
        return number;
    }

    /**
     * Grants once more the credits of the invoice, and those of the invoices whose place it takes that no cancellation has
     * granted once more already.
     */
    void reopenCredits(long invoice, AccountId operator, Instant now) {
        jdbc.sql("""
            with recursive chain as (
                select id, replaces from invoices where id = :invoice
                union all
                select i.id, i.replaces from chain c join invoices i on i.number = c.replaces)
            insert into credits (driver_id, amount, currency, reason, steve_transaction_id, granted_by, created_at, repeats)
            select driver_id, amount, currency, reason, steve_transaction_id, :operator, :now, id
              from credits c
             where invoice_id in (select id from chain) and not exists (select from credits r where r.repeats = c.id)
             order by id
            """)
                .param("operator", operator.value())
                .param("now", SqlTime.utc(now))
                .param("invoice", invoice)
                .update();
    }
}
