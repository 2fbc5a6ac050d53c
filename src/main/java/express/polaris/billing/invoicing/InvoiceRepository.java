package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code invoices} and its dependent tables. */
@Repository
class InvoiceRepository {

    /** Year of the counter of numbers that do not begin at 1 each year. */
    private static final int NOT_YEARLY = 0;

    private static final String NUMBERED = "select i.* from invoices i where i.drawn_up_at is not null ";

    private final JdbcClient jdbc;
    private final InvoiceLineRepository lines;
    private final InvoiceRows rows;
    private final IssuerService issuers;
    private final SessionFactsReader facts;
    private final InvoicedPeriods periods;

    InvoiceRepository(
            JdbcClient jdbc,
            InvoiceLineRepository lines,
            InvoiceRows rows,
            IssuerService issuers,
            SessionFactsReader facts,
            InvoicedPeriods periods) {
        this.jdbc = jdbc;
        this.lines = lines;
        this.rows = rows;
        this.issuers = issuers;
        this.facts = facts;
        this.periods = periods;
    }

    /**
     * Data of an invoice known before its lines.
     *
     * @param replaces number of the cancelled invoice whose place it takes
     */
    record Head(
            AccountId driver,
            Optional<SubscriptionId> subscription,
            Invoice.Kind kind,
            Interval period,
            InvoiceDraft draft,
            String issuer,
            LocalDate issuedOn,
            LocalDate dueOn,
            Instant now,
            Optional<String> replaces) {}

    /** Inserts a draft; it is drawn up in the same transaction, so no reader sees it. */
    long begin(Head head) {
        return jdbc.sql("""
            insert into invoices (driver_id, subscription_id, kind, period_from, period_to, currency, vat_rate, net, vat,
                   total, issuer, recipient_name, recipient_email, issued_on, due_on, created_at, replaces)
            select a.id, :subscription, :kind, :from, :to, :currency, :vatRate, 0, 0, 0, :issuer,
                   coalesce(r.name, a.name), coalesce(r.email, a.email), :issuedOn, :dueOn, :now, :replaces
              from accounts a left join billing_recipients r on r.driver_id = a.id
             where a.id = :driver
            returning id
            """)
                .param(
                        "subscription",
                        head.subscription().map(SubscriptionId::value).orElse(null))
                .param("kind", head.kind().name().toLowerCase(Locale.ROOT))
                .param("from", SqlTime.utc(head.period().from()))
                .param("to", SqlTime.utc(head.period().to()))
                .param("currency", head.draft().currency().getCurrencyCode())
                .param("vatRate", head.draft().vatRate())
                .param("issuer", head.issuer())
                .param("issuedOn", head.issuedOn())
                .param("dueOn", head.dueOn())
                .param("now", SqlTime.utc(head.now()))
                .param("replaces", head.replaces().orElse(null))
                .param("driver", head.driver().value())
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** Writes the lines, takes the next number and draws up the invoice; from then on its lines and net stand. */
    String drawUp(long id, Head head, Collection<SessionId> sessions) {
        lines.write(id, facts.added(head.draft().lines()));
        jdbc.sql("""
            insert into invoiced_sessions (steve_transaction_id, invoice_id)
            select session, :invoice from unnest(:sessions) as session
            union
            select x.steve_transaction_id, :invoice
              from invoiced_sessions x join invoices i on i.id = x.invoice_id
             where i.number = :replaces
            """)
                .param("invoice", id)
                .param("replaces", head.replaces().orElse(null))
                .param("sessions", sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .update();
        periods.write(id, head.draft().periods());
        head.replaces().ifPresent(replaced -> periods.copy(replaced, id));
        var number = nextNumber(head.issuedOn().getYear());
        var net = head.draft().net();
        var vat = head.draft().vat();
        jdbc.sql("""
            update invoices set number = ?, net = ?, vat = ?, total = ?, drawn_up_at = ? where id = ?
            """)
                .param(number)
                .param(net)
                .param(vat)
                .param(net.add(vat))
                .param(SqlTime.utc(head.now()))
                .param(id)
                .update();
        return number;
    }

    /** Skips numbers that an earlier pattern has used. The row of the counter is held until the invoice is there. */
    String nextNumber(int year) {
        var format = issuers.numberFormat();
        while (true) {
            var number =
                    format.number(year, format.isYearly() ? nextCounter(year, year) : nextCounter(NOT_YEARLY, year));
            boolean isUsed = jdbc.sql("select exists (select from invoices where number = ?)")
                    .param(number)
                    .query(Boolean.class)
                    .single();
            if (!isUsed) {
                return number;
            }
        }
    }

    /** Goes on counting from the higher one of both counters. */
    private int nextCounter(int counter, int other) {
        return jdbc.sql("""
            insert into invoice_numbers as n (year, last_number)
            select :counter, coalesce(max(o.last_number), 0) + 1 from invoice_numbers o where o.year = :other
            on conflict (year) do update set last_number = greatest(n.last_number + 1, excluded.last_number)
            returning last_number
            """)
                .param("counter", counter)
                .param("other", other)
                .query((row, place) -> row.getInt(1))
                .single();
    }

    Optional<Invoice> find(String number, Optional<AccountId> driver) {
        var found = rows.list(jdbc.sql(NUMBERED
                        + "and i.number = :number and (cast(:driver as bigint) is null or i.driver_id = :driver)")
                .param("number", number)
                .param("driver", driver.map(AccountId::value).orElse(null)));
        return withLines(found).stream().findFirst();
    }

    /** Lists invoices without lines, latest first. Empty when {@code before} does not exist or is another driver's. */
    List<Invoice> page(Optional<AccountId> driver, Optional<String> before, int limit) {
        var own = driver.map(id -> " and %s.driver_id = :driver").orElse("");
        var after = before.map(number -> """
             and (i.drawn_up_at, i.id) < (select b.drawn_up_at, b.id from invoices b where b.number = :before%s)
            """.formatted(own.formatted("b"))).orElse("");
        return rows.list(
                jdbc.sql(NUMBERED + own.formatted("i") + after + " order by i.drawn_up_at desc, i.id desc limit :limit")
                        .param("driver", driver.map(AccountId::value).orElse(null))
                        .param("before", before.orElse(null))
                        .param("limit", limit));
    }

    /** Returns the number of the invoice that takes the place of a cancelled one. */
    Optional<String> replacementOf(String number) {
        return jdbc.sql("select number from invoices where replaces = ? and drawn_up_at is not null")
                .param(number)
                .query(String.class)
                .optional();
    }

    /** Marks an invoice as paid if it is final, neither paid nor cancelled. */
    void paid(String number, Instant now) {
        jdbc.sql("""
            update invoices set paid_at = ?
             where number = ? and paid_at is null and finalized_at is not null and cancelled_by is null
            """).param(SqlTime.utc(now)).param(number).update();
    }

    /** Returns the numbers of the invoices with events of these sessions, oldest first. */
    Map<SessionId, List<String>> ofSessions(Collection<SessionId> sessions) {
        var numbers = new HashMap<SessionId, List<String>>();
        // A join might read all invoices; this looks up those of the sessions.
        jdbc.sql("""
            select x.steve_transaction_id, i.number
              from invoiced_sessions x
             cross join lateral (select number, drawn_up_at from invoices where id = x.invoice_id limit 1) i
             where x.steve_transaction_id = any(?)
             order by i.drawn_up_at, x.invoice_id
            """)
                .param(sessions.stream().map(SessionId::value).toArray(Long[]::new))
                .query(row -> {
                    numbers.computeIfAbsent(new SessionId(row.getLong(1)), key -> new ArrayList<>())
                            .add(row.getString(2));
                });
        return numbers;
    }

    /** Returns the same invoices with their lines. */
    List<Invoice> withLines(List<Invoice> invoices) {
        var written = lines.of(invoices.stream().map(Invoice::number).toList());
        return invoices.stream()
                .map(invoice -> invoice.with(withDigits(
                        written.getOrDefault(invoice.number(), List.of()),
                        invoice.currency().getDefaultFractionDigits())))
                .toList();
    }

    private static List<InvoiceLine> withDigits(List<InvoiceLine> lines, int digits) {
        return lines.stream().map(line -> line.withDigits(digits)).toList();
    }
}
