package express.polaris.billing.bookkeeping;

import express.polaris.billing.bookkeeping.BookkeepingAccounts.Chart;
import express.polaris.billing.bookkeeping.BookkeepingAccounts.Revenue;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code bookkeeping_accounts} and {@code revenue_accounts}. */
@Repository
class BookkeepingRepository {

    private final JdbcClient jdbc;

    BookkeepingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<BookkeepingAccounts> find() {
        return jdbc.sql("""
            select chart, consultant, client, account_length, debtor_base, bank_account, year_begins
              from bookkeeping_accounts
            """)
                .query((row, number) -> new BookkeepingAccounts(
                        Chart.valueOf("SKR" + row.getString("chart")),
                        row.getInt("consultant"),
                        row.getInt("client"),
                        row.getInt("account_length"),
                        row.getLong("debtor_base"),
                        row.getLong("bank_account"),
                        row.getInt("year_begins"),
                        revenues()))
                .optional();
    }

    private List<Revenue> revenues() {
        return jdbc.sql("select vat_rate, account, bu_key from revenue_accounts order by vat_rate desc")
                .query((row, number) -> new Revenue(
                        row.getBigDecimal("vat_rate").stripTrailingZeros(),
                        row.getLong("account"),
                        row.getString("bu_key")))
                .list();
    }

    /** Replaces all account numbers. */
    void save(BookkeepingAccounts accounts, Instant now) {
        jdbc.sql("""
            insert into bookkeeping_accounts (chart, consultant, client, account_length, debtor_base, bank_account,
                   year_begins, changed_at)
            values (:chart, :consultant, :client, :length, :debtors, :bank, :month, :now)
            on conflict (only_row) do update
               set chart = excluded.chart, consultant = excluded.consultant, client = excluded.client,
                   account_length = excluded.account_length, debtor_base = excluded.debtor_base,
                   bank_account = excluded.bank_account, year_begins = excluded.year_begins,
                   changed_at = excluded.changed_at
            """)
                .param("chart", accounts.chart().code())
                .param("consultant", accounts.consultant())
                .param("client", accounts.client())
                .param("length", accounts.accountLength())
                .param("debtors", accounts.debtorBase())
                .param("bank", accounts.bankAccount())
                .param("month", accounts.yearBegins())
                .param("now", SqlTime.utc(now))
                .update();
        jdbc.sql("delete from revenue_accounts").update();
        for (var revenue : accounts.revenues()) {
            jdbc.sql("insert into revenue_accounts (vat_rate, account, bu_key) values (?, ?, ?)")
                    .param(revenue.vatRate())
                    .param(revenue.account())
                    .param(revenue.buKey())
                    .update();
        }
    }
}
