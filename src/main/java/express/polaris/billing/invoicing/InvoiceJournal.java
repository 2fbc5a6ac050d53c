package express.polaris.billing.invoicing;

import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finalized invoices for bookkeeping: those issued or paid in a period, and those that payments name. The caller has
 * authorized the request.
 */
@Repository
public class InvoiceJournal {

    private static final int NUMBERS_AT_A_TIME = 5_000;

    /** As the index {@code invoices_bare_number}. */
    private static final String BARE = "upper(regexp_replace(number, '[^A-Za-z0-9]', '', 'g'))";

    private final JdbcClient jdbc;
    private final InvoiceRows rows;

    InvoiceJournal(JdbcClient jdbc, InvoiceRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * Days of issue or payment.
     *
     * @param from first day, inclusive
     * @param until last day, inclusive
     * @param zone time zone of days of payment
     * @param currency empty = all currencies
     */
    public record Period(By by, LocalDate from, LocalDate until, ZoneId zone, Optional<Currency> currency) {}

    /** The day by which an invoice belongs to a period. */
    public enum By {
        ISSUED,
        PAID
    }

    /**
     * Lists the invoices of a period without lines, earliest first.
     *
     * @param after number of the previous page's last invoice; empty for the first page
     */
    public List<Invoice> page(Period period, Optional<String> after, int limit) {
        var order = switch (period.by()) {
            case ISSUED -> "finalized_at";
            case PAID -> "paid_at";
        };
        var within = switch (period.by()) {
            // An invoice is final on the day of its issue, which depends on the time zone, or later.
            case ISSUED -> """
                i.issued_on >= :first and i.issued_on <= :last
                   and i.finalized_at >= :first - interval '1 day'
                """;
            // The money of an invoice that was paid before it was replaced came in once.
            case PAID -> """
                i.finalized_at is not null and i.paid_at >= :from and i.paid_at < :until
                   and not exists (select from invoices r where r.number = i.replaces and r.paid_at = i.paid_at)
                """;
        };
        var next = after.map(number -> """
             and (i.%1$s, i.id) > (select a.%1$s, a.id from invoices a where a.number = :after)
            """.formatted(order)).orElse("");
        var inCurrency =
                period.currency().map(code -> " and i.currency = :currency").orElse("");
        var statement = jdbc.sql("select i.* from invoices i where " + within + inCurrency + next + " order by i."
                        + order + ", i.id limit :limit")
                .param("after", after.orElse(null))
                .param(
                        "currency",
                        period.currency().map(Currency::getCurrencyCode).orElse(null))
                .param("limit", limit);
        statement = switch (period.by()) {
            case ISSUED -> statement.param("first", period.from()).param("last", period.until());
            case PAID ->
                statement
                        .param(
                                "from",
                                SqlTime.utc(period.from()
                                        .atStartOfDay(period.zone())
                                        .toInstant()))
                        .param(
                                "until",
                                SqlTime.utc(period.until()
                                        .plusDays(1)
                                        .atStartOfDay(period.zone())
                                        .toInstant()));
        };
        return rows.list(statement);
    }

    /** Returns how many letters and digits the numbers of invoices have. */
    public Set<Integer> bareLengths() {
        return new HashSet<>(
                jdbc.sql("select distinct length(" + BARE + ") from invoices where finalized_at is not null")
                        .query((row, place) -> row.getInt(1))
                        .list());
    }

    /**
     * Finds invoices, without lines, by the letters and digits of their numbers, in capitals.
     *
     * @param locked keeps others from marking them as paid until the transaction ends
     */
    public Map<String, Invoice> byBareNumbers(Collection<String> numbers, boolean locked) {
        var found = new HashMap<String, Invoice>();
        var all = List.copyOf(numbers);
        for (int from = 0; from < all.size(); from += NUMBERS_AT_A_TIME) {
            var some = all.subList(from, Math.min(all.size(), from + NUMBERS_AT_A_TIME));
            rows.list(jdbc.sql("select i.* from invoices i where finalized_at is not null and " + BARE
                                    + " = any(?) order by id" + (locked ? " for no key update" : ""))
                            .param(some.toArray(String[]::new)))
                    .forEach(invoice -> found.put(bare(invoice.number()), invoice));
        }
        return found;
    }

    /** Returns the numbers of the invoices that replace these, by the numbers of these. */
    public Map<String, String> replacements(Collection<String> numbers) {
        var replacements = new HashMap<String, String>();
        jdbc.sql("select replaces, number from invoices where replaces = any(?)")
                .param(numbers.toArray(String[]::new))
                .query(row -> {
                    replacements.put(row.getString(1), row.getString(2));
                });
        return replacements;
    }

    /** The same as {@link #BARE}. */
    private static String bare(String number) {
        return number.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    /**
     * Marks invoices as paid, by number; one that is paid already keeps its date, and one that is cancelled stays
     * as it is. Returns how many were marked.
     */
    public int markPaid(Map<String, Instant> paidAt) {
        var numbers = new ArrayList<>(paidAt.keySet());
        return jdbc.sql("""
            update invoices i set paid_at = p.at
              from unnest(cast(:numbers as text[]), cast(:at as timestamptz[])) as p(number, at)
             where i.number = p.number and i.paid_at is null
               and i.finalized_at is not null and i.cancelled_by is null
            """)
                .param("numbers", numbers.toArray(String[]::new))
                .param(
                        "at",
                        numbers.stream()
                                .map(number -> String.valueOf(paidAt.get(number)))
                                .toArray(String[]::new))
                .update();
    }
}
