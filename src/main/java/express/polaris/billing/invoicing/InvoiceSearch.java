package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.units.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Search over finalized invoices for operators. The caller has authorized the request. */
@Repository
public class InvoiceSearch {

    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    /** SQL form of {@link InvoiceFilter.State}. */
    private static final String STATE = """
        case when i.paid_at is not null then 'PAID'
             when i.total <= 0 then 'SETTLED'
             when i.due_on < :today then 'OVERDUE'
             else 'OPEN' end
        """;

    private static final String MATCHES = """
          from invoices i
         where i.finalized_at is not null
           and (cast(:driver as bigint) is null or i.driver_id = :driver)
           and i.issued_on >= :from and i.issued_on <= :until
           and (:search = '' or i.number like :begin or i.recipient_name ilike :part or i.recipient_email ilike :part)
           and (cast(:state as text) is null or :state = """ + STATE + ")\n";

    private final JdbcClient jdbc;

    InvoiceSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
        return jdbc.sql("select i.*" + MATCHES + """
            and (cast(:before as text) is null
                 or (i.finalized_at, i.id) < (select b.finalized_at, b.id from invoices b where b.number = :before))
            order by i.finalized_at desc, i.id desc limit :limit
            """)
                .params(params(filter))
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query((row, place) -> InvoiceRepository.invoice(row, List.of()))
                .list();
    }

    /** Sums the matching invoices by state and currency. */
    public List<Sum> sums(InvoiceFilter filter) {
        return jdbc.sql("select " + STATE + """
             as state, i.currency, count(*) as invoices, sum(i.net) as net, sum(i.vat) as vat, sum(i.total) as total
            """ + MATCHES + "group by 1, i.currency order by i.currency, 1")
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

    /**
     * Lists invoiced amounts from this month on, by month and currency, oldest first; months without invoices
     * are omitted.
     */
    public List<Month> months(YearMonth from) {
        return jdbc.sql("""
            select date_trunc('month', i.issued_on)::date as month, i.currency, count(*) as invoices, sum(i.net) as net
              from invoices i
             where i.finalized_at is not null and i.issued_on >= ?
             group by 1, i.currency
             order by 1, i.currency
            """)
                .param(from.atDay(1))
                .query((row, place) -> new Month(
                        YearMonth.from(row.getObject("month", LocalDate.class)),
                        row.getLong("invoices"),
                        new Money(row.getBigDecimal("net"), Currency.getInstance(row.getString("currency")))))
                .list();
    }

    private static Map<String, Object> params(InvoiceFilter filter) {
        var params = new HashMap<String, Object>();
        params.put(
                "driver",
                new org.springframework.jdbc.core.SqlParameterValue(
                        java.sql.Types.BIGINT,
                        filter.driver().map(AccountId::value).orElse(null)));
        params.put("from", filter.issuedFrom().orElse(FIRST));
        params.put("until", filter.issuedUntil().orElse(LAST));
        params.put(
                "state",
                new org.springframework.jdbc.core.SqlParameterValue(
                        java.sql.Types.VARCHAR, filter.state().map(Enum::name).orElse(null)));
        params.put("search", filter.search());
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
