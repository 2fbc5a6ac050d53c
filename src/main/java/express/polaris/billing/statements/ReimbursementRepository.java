package express.polaris.billing.statements;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code reimbursement_terms}, {@code reimbursement_rates} and {@code home_marks}. */
@Repository
class ReimbursementRepository {

    private final JdbcClient jdbc;

    ReimbursementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Reimbursement> find(AccountId driver) {
        return jdbc.sql("select * from reimbursement_terms where driver_id = ?")
                .param(driver.value())
                .query((row, number) -> terms(row, driver))
                .optional();
    }

    /** Replaces the driver's terms. The job looks at them again. */
    void save(AccountId driver, Reimbursement terms, Currency currency, Instant now) {
        jdbc.sql("""
            insert into reimbursement_terms
                   (driver_id, employer, vehicle, plate, reference, send_to, send_to_agreed_at, changed_at)
            values (:driver, :employer, :vehicle, :plate, :reference, :sendTo, :agreedAt, :now)
            on conflict (driver_id) do update
               set employer = excluded.employer, vehicle = excluded.vehicle, plate = excluded.plate,
                   reference = excluded.reference, send_to = excluded.send_to,
                   send_to_agreed_at = excluded.send_to_agreed_at, changed_at = excluded.changed_at,
                   looked_at_version = null
            """)
                .param("driver", driver.value())
                .param("employer", terms.employer())
                .param("vehicle", terms.vehicle())
                .param("plate", terms.plate())
                .param("reference", terms.reference())
                .param("sendTo", terms.sendTo().orElse(null))
                .param("agreedAt", SqlTime.utc(Optional.of(now).filter(at -> terms.sendToAgreed())))
                .param("now", SqlTime.utc(now))
                .update();
        jdbc.sql("delete from reimbursement_rates where driver_id = ?")
                .param(driver.value())
                .update();
        jdbc.sql("delete from home_marks where driver_id = ?")
                .param(driver.value())
                .update();
        terms.rates().forEach(rate -> insert(driver, rate, currency));
        terms.home().forEach(mark -> insert(driver, mark));
    }

    /** Deletes a driver's terms; statements stay. */
    void delete(AccountId driver) {
        jdbc.sql("delete from reimbursement_terms where driver_id = ?")
                .param(driver.value())
                .update();
    }

    /** Drivers with terms, by id. */
    List<AccountId> drivers() {
        return jdbc.sql("select driver_id from reimbursement_terms order by driver_id")
                .query((row, number) -> new AccountId(row.getLong(1)))
                .list();
    }

    /**
     * What the job has looked at.
     *
     * @param version of the driver; empty if it has to look again
     * @param through last month that it has looked at
     */
    record Progress(Optional<Long> version, Optional<YearMonth> through) {}

    /** Claims a driver's terms until the transaction ends; empty if another node has them. */
    Optional<Progress> claim(AccountId driver) {
        return jdbc.sql("""
            select looked_at_version, looked_through from reimbursement_terms
             where driver_id = ? for no key update skip locked
            """)
                .param(driver.value())
                .query((row, number) -> new Progress(
                        Optional.ofNullable(row.getObject("looked_at_version", Long.class)),
                        Optional.ofNullable(row.getObject("looked_through", LocalDate.class))
                                .map(YearMonth::from)))
                .optional();
    }

    /** Returns a driver's terms, locked until the transaction ends. */
    Optional<Reimbursement> hold(AccountId driver) {
        return jdbc.sql("select * from reimbursement_terms where driver_id = ? for no key update")
                .param(driver.value())
                .query((row, number) -> terms(row, driver))
                .optional();
    }

    void lookedAt(AccountId driver, long version, YearMonth through) {
        jdbc.sql("update reimbursement_terms set looked_at_version = ?, looked_through = ? where driver_id = ?")
                .param(version)
                .param(through.atDay(1))
                .param(driver.value())
                .update();
    }

    private void insert(AccountId driver, ReimbursementRate rate, Currency currency) {
        jdbc.sql("""
            insert into reimbursement_rates (driver_id, from_day, to_day, kind, amount, currency)
            values (?, ?, ?, ?, ?, ?)
            """)
                .param(driver.value())
                .param(rate.from())
                .param(rate.to().orElse(null))
                .param(rate.kind().wireName())
                .param(rate.amount())
                .param(currency.getCurrencyCode())
                .update();
    }

    private void insert(AccountId driver, HomeMark mark) {
        var box = mark instanceof HomeMark.AtChargeBox at ? at.id().value().toLowerCase(Locale.ROOT) : null;
        var card = mark instanceof HomeMark.WithCard with ? with.id().value() : null;
        jdbc.sql("insert into home_marks (driver_id, charge_box_id, ev_card_id) values (?, ?, ?)")
                .param(driver.value())
                .param(box)
                .param(card)
                .update();
    }

    private Reimbursement terms(ResultSet row, AccountId driver) throws SQLException {
        return new Reimbursement(
                row.getString("employer"),
                row.getString("vehicle"),
                row.getString("plate"),
                row.getString("reference"),
                Optional.ofNullable(row.getString("send_to")),
                SqlTime.instant(row, "send_to_agreed_at").isPresent(),
                rates(driver),
                home(driver));
    }

    private List<ReimbursementRate> rates(AccountId driver) {
        return jdbc.sql("select * from reimbursement_rates where driver_id = ? order by from_day")
                .param(driver.value())
                .query((row, number) -> new ReimbursementRate(
                        row.getObject("from_day", LocalDate.class),
                        Optional.ofNullable(row.getObject("to_day", LocalDate.class)),
                        ReimbursementRate.Kind.of(row.getString("kind")),
                        row.getBigDecimal("amount").stripTrailingZeros()))
                .list();
    }

    private List<HomeMark> home(AccountId driver) {
        return jdbc.sql("""
            select charge_box_id, ev_card_id from home_marks where driver_id = ?
             order by charge_box_id nulls last, ev_card_id
            """)
                .param(driver.value())
                .query((row, number) -> Optional.ofNullable(row.getString("charge_box_id"))
                        .<HomeMark>map(box -> new HomeMark.AtChargeBox(new ChargeBoxId(box)))
                        .orElse(new HomeMark.WithCard(new EvCardId(row.getLong("ev_card_id")))))
                .list();
    }
}
