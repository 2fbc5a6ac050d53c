package express.polaris.billing.bookkeeping;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code bank_imports} and {@code bank_entries}. */
@Repository
class BankEntryRepository {

    private static final int ROWS_AT_A_TIME = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    BankEntryRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** Returns which of these keys have marked invoices as paid. */
    Set<String> paid(Collection<String> keys) {
        return new HashSet<>(
                jdbc.sql("select entry_key from bank_entries where entry_key = any(?) and verdict = 'paid'")
                        .param(keys.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list());
    }

    long begin(AccountId operator, BankFile.Format format, int paid, Instant now) {
        return jdbc.sql("""
            insert into bank_imports (imported_by, imported_at, format, paid) values (?, ?, ?, ?) returning id
            """)
                .param(operator.value())
                .param(SqlTime.utc(now))
                .param(format.code())
                .param(paid)
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** Keeps the entries of an import. One that was left alone by an earlier import is replaced. */
    void keep(long importId, List<MatchedEntry> entries) {
        template.batchUpdate("""
            insert into bank_entries as e (import_id, entry_key, booked_on, amount, currency, remittance, verdict, numbers)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (entry_key) do update
               set import_id = excluded.import_id, verdict = excluded.verdict, numbers = excluded.numbers
             where e.verdict <> 'paid'
            """, entries, ROWS_AT_A_TIME, (statement, matched) -> {
            var entry = matched.entry();
            statement.setLong(1, importId);
            statement.setString(2, entry.key());
            statement.setObject(3, entry.bookedOn());
            statement.setBigDecimal(4, entry.amount());
            statement.setString(5, entry.currency().getCurrencyCode());
            statement.setString(6, entry.remittance());
            statement.setString(7, matched.verdict().name().toLowerCase(Locale.ROOT));
            statement.setArray(
                    8,
                    statement
                            .getConnection()
                            .createArrayOf("text", matched.numbers().toArray()));
        });
    }
}
