package express.polaris.billing.invoicing;

import express.polaris.units.Money;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Search over numbered invoices for operators. The caller has authorized the request. */
@Repository
public class InvoiceSearch {

    /** SQL form of {@link InvoiceFilter.State}. */
    private static final String STATE = """
        case when i.paid_at is not null then 'PAID'
             when i.total <= 0 or i.cancelled_by is not null or i.kind = 'cancellation' then 'SETTLED'
             when i.finalized_at is not null and i.due_on < :today then 'OVERDUE'
             else 'OPEN' end
        """;

    private static final String UNPAID =
            "i.paid_at is null and i.total > 0 and i.cancelled_by is null and i.kind <> 'cancellation'";

    private static final String LATEST_FIRST = " order by i.drawn_up_at desc, i.id desc";

    /** Recipients whose name or e-mail address has the text: one step in an index for each recipient there is. */
    private static final String RECIPIENTS = """
        with recursive recipients as (
            (select recipient_name as name, recipient_email as email from invoices
              where drawn_up_at is not null
              order by recipient_name, recipient_email limit 1)
            union all
            select later.* from recipients known
             cross join lateral (
                   select i.recipient_name, i.recipient_email from invoices i
                    where i.drawn_up_at is not null
                      and (i.recipient_name, i.recipient_email) > (known.name, known.email)
                    order by i.recipient_name, i.recipient_email limit 1) later),
        found as materialized (
            select name, email from recipients where name ilike :part or email ilike :part)
        """;

    private final JdbcClient jdbc;
    private final InvoiceRows rows;

    InvoiceSearch(JdbcClient jdbc, InvoiceRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Sum of the invoices of one state and currency. */
    public record Sum(InvoiceFilter.State state, long invoices, Money net, Money vat, Money total) {}

    /** Amount invoiced in a month, by day of issue, without VAT. */
    public record Month(YearMonth month, long invoices, Money net) {}

    /**
     * Lists invoices without lines, latest first.
     *
     * @param before number of the previous page's last invoice; empty for the first page
     */
    public List<Invoice> page(InvoiceFilter filter, Optional<String> before, int limit) {
        var condition = conditions(filter, before);
        var page = "select i.* from invoices i where " + condition;
        var sql = filter.search().isEmpty()
                ? page + LATEST_FIRST + " limit :limit"
                : RECIPIENTS
                        + "select i.* from ("
                        + "select of_found.* from found cross join lateral (" + page
                        + " and i.recipient_name = found.name and i.recipient_email = found.email"
                        + LATEST_FIRST + " limit :limit) of_found"
                        + " union (" + page + " and i.number like :begin" + LATEST_FIRST + " limit :limit)) i"
                        + LATEST_FIRST + " limit :limit";
        return rows.list(jdbc.sql(sql)
                .params(params(filter))
                .param("before", before.orElse(null))
                .param("limit", limit));
    }

    /** Sums the matching invoices by state and currency. */
    public List<Sum> sums(InvoiceFilter filter) {
        var sums = filter.driver().isEmpty() && filter.search().isEmpty() ? keptSums(filter) : countedSums(filter);
        return jdbc.sql(sums)
                .params(params(filter))
                .query((row, place) -> {
                    var currency = Currency.getInstance(row.getString("currency"));
                    return new Sum(
                            InvoiceFilter.State.valueOf(row.getString("state")),
                            row.getLong("invoices"),
                            new Money(row.getBigDecimal("net"), currency),
                            new Money(row.getBigDecimal("vat"), currency),
                            new Money(row.getBigDecimal("total"), currency));
                })
                .list();
    }

    private static String countedSums(InvoiceFilter filter) {
        var matching = "select i.* from invoices i where " + conditions(filter, Optional.empty());
        var select = "select " + STATE + """
             as state, i.currency, count(*) as invoices, sum(i.net) as net, sum(i.vat) as vat, sum(i.total) as total
            from (""";
        var grouped = ") i group by 1, i.currency order by i.currency, 1";
        return filter.search().isEmpty()
                ? select + matching + grouped
                : RECIPIENTS + select
                        + "select of_found.* from found cross join lateral (" + matching
                        + " and i.recipient_name = found.name and i.recipient_email = found.email) of_found"
                        + " union " + matching + " and i.number like :begin" + grouped;
    }

    /** Reads invoices one by one only where they are unpaid, because the day decides which of these are overdue. */
    private static String keptSums(InvoiceFilter filter) {
        var months = filter.issuedFrom().map(day -> " and month >= :from").orElse("")
                + filter.issuedUntil().map(day -> " and month <= :until").orElse("");
        var state = filter.state().map(wanted -> " where i.state = :state").orElse("");
        return """
            select i.* from (
                select state, currency, sum(invoices)::bigint as invoices, sum(net) as net, sum(vat) as vat,
                       sum(total) as total
                  from invoice_months
                 where state <> 'UNPAID' and invoices > 0
            """ + months + " group by state, currency union all select " + STATE + """
                 as state, i.currency, count(*), sum(i.net), sum(i.vat), sum(i.total)
                  from invoices i
                 where\s""" + UNPAID + " and "
                + conditions(filter.inAnyState(), Optional.empty())
                + " group by 1, i.currency) i" + state + " order by i.currency, i.state";
    }

    /**
     * Lists invoiced amounts from this month on, by month and currency, oldest first; months without invoices
     * are omitted.
     */
    public List<Month> months(YearMonth from) {
        return jdbc.sql("""
            select month, currency, sum(invoices)::bigint as invoices, sum(net) as net
              from invoice_months
             where month >= ?
             group by month, currency
             order by month, currency
            """)
                .param(from.atDay(1))
                .query((row, place) -> new Month(
                        YearMonth.from(row.getObject("month", LocalDate.class)),
                        row.getLong("invoices"),
                        new Money(row.getBigDecimal("net"), Currency.getInstance(row.getString("currency")))))
                .list();
    }

    /**
     * Conditions that an index can begin with, so that a page costs as much at the end of the list as at its
     * beginning. An invoice is drawn up on the day of its issue, or earlier if it waited for an issuer; where that day
     * begins, depends on the time zone.
     */
    private static String conditions(InvoiceFilter filter, Optional<String> before) {
        var conditions = new ArrayList<String>();
        conditions.add("i.drawn_up_at is not null");
        filter.driver().ifPresent(driver -> conditions.add("i.driver_id = :driver"));
        filter.issuedFrom().ifPresent(day -> conditions.add("i.issued_on >= :from and i.drawn_up_at >= :drawnUpSince"));
        filter.issuedUntil()
                .ifPresent(day -> conditions.add(
                        "i.issued_on <= :until and i.drawn_up_at < cast(:until as date) + interval '2 days'"));
        filter.state().map(InvoiceSearch::condition).ifPresent(conditions::add);
        before.ifPresent(number -> conditions.add(
                "(i.drawn_up_at, i.id) < (select b.drawn_up_at, b.id from invoices b where b.number = :before)"));
        return String.join(" and ", conditions);
    }

    private static String condition(InvoiceFilter.State state) {
        return switch (state) {
            case OPEN -> UNPAID + " and (i.finalized_at is null or i.due_on >= :today)";
            case OVERDUE -> UNPAID + " and i.finalized_at is not null and i.due_on < :today";
            case PAID -> "i.paid_at is not null";
            case SETTLED ->
                "i.paid_at is null and (i.total <= 0 or i.cancelled_by is not null or i.kind = 'cancellation')";
        };
    }

    /** Returns when the first invoice that was issued on this day or later was drawn up, or an earlier instant. */
    private OffsetDateTime drawnUpSince(LocalDate day) {
        return jdbc.sql("""
            with late as materialized (
                select drawn_up_at from invoices
                 where finalized_at > drawn_up_at and finalized_at >= cast(:from as date) - interval '1 day')
            select least(cast(:from as date) - interval '1 day', (select min(drawn_up_at) from late))::timestamptz
            """)
                .param("from", day)
                .query((row, number) -> Objects.requireNonNull(row.getObject(1, OffsetDateTime.class)))
                .single();
    }

    private Map<String, Object> params(InvoiceFilter filter) {
        var params = new HashMap<String, Object>();
        filter.driver().ifPresent(driver -> params.put("driver", driver.value()));
        filter.issuedFrom().ifPresent(day -> {
            params.put("from", day);
            params.put("drawnUpSince", drawnUpSince(day));
        });
        filter.issuedUntil().ifPresent(day -> params.put("until", day));
        filter.state().ifPresent(state -> params.put("state", state.name()));
        params.put("begin", literally(filter.search()) + "%");
        params.put("part", "%" + literally(filter.search()) + "%");
        params.put("today", filter.today());
        return params;
    }

    /** Escapes LIKE wildcards. */
    private static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
