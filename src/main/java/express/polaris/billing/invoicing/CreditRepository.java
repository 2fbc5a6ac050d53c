package express.polaris.billing.invoicing;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code credits}. */
@Repository
class CreditRepository {

    private final JdbcClient jdbc;

    CreditRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(Credit credit, AccountId grantedBy) {
        return jdbc.sql("""
            insert into credits (driver_id, amount, currency, reason, steve_transaction_id, granted_by, created_at)
            values (?, ?, ?, ?, ?, ?, ?) returning id
            """)
                .param(credit.driver().value())
                .param(credit.amount())
                .param(credit.currency().getCurrencyCode())
                .param(credit.reason())
                .param(credit.session().map(SessionId::value).orElse(null))
                .param(grantedBy.value())
                .param(SqlTime.utc(credit.createdAt()))
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** Assigns the driver's open credits in this currency to an invoice. */
    List<InvoiceLine> take(AccountId driver, Currency currency, long invoice) {
        return jdbc.sql("""
            update credits set invoice_id = ? where driver_id = ? and currency = ? and invoice_id is null
            returning steve_transaction_id, reason, amount
            """)
                .param(invoice)
                .param(driver.value())
                .param(currency.getCurrencyCode())
                .query((row, number) -> InvoiceLine.amount(
                        new LineSubject.GrantedCredit(session(row), row.getString("reason")),
                        row.getBigDecimal("amount").negate()))
                .list();
    }

    /** Returns the sum of the driver's open credits in this currency. */
    BigDecimal open(AccountId driver, Currency currency) {
        return jdbc.sql("""
            select coalesce(sum(amount), 0) from credits where driver_id = ? and currency = ? and invoice_id is null
            """)
                .param(driver.value())
                .param(currency.getCurrencyCode())
                .query((row, number) -> row.getBigDecimal(1))
                .single();
    }

    List<Currency> openCurrencies(AccountId driver) {
        return jdbc.sql("select distinct currency from credits where driver_id = ? and invoice_id is null order by 1")
                .param(driver.value())
                .query((row, number) -> Currency.getInstance(row.getString(1)))
                .list();
    }

    /** Lists a driver's credits, latest first. */
    List<Credit> of(AccountId driver) {
        return jdbc.sql("""
            select c.*, i.number from credits c left join invoices i on i.id = c.invoice_id
             where c.driver_id = ? order by c.id desc
            """)
                .param(driver.value())
                .query(CreditRepository::credit)
                .list();
    }

    /** Lists all drivers' credits, latest first. */
    List<Credit> page(Optional<Long> before, int limit) {
        return jdbc.sql("""
            select c.*, i.number from credits c left join invoices i on i.id = c.invoice_id
             where c.id < ? order by c.id desc limit ?
            """)
                .param(before.orElse(Long.MAX_VALUE))
                .param(limit)
                .query(CreditRepository::credit)
                .list();
    }

    private static Credit credit(ResultSet row, int number) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new Credit(
                row.getLong("id"),
                new AccountId(row.getLong("driver_id")),
                row.getBigDecimal("amount").setScale(currency.getDefaultFractionDigits()),
                currency,
                row.getString("reason"),
                session(row),
                instant(row),
                Optional.ofNullable(row.getString("number")));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return SqlTime.required(row, "created_at");
    }

    private static Optional<SessionId> session(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getObject("steve_transaction_id", Long.class))
                .map(SessionId::new);
    }
}
