package express.polaris.billing.statements;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code statements}, {@code statement_lines}, {@code statement_numbers} and {@code statement_pdfs}. */
@Repository
class StatementRepository {

    private final JdbcClient jdbc;

    StatementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Data of a statement known before its number. */
    record Head(Account driver, Reimbursement terms, Optional<StatedMonths.Month> before, Currency currency) {}

    /**
     * Writes a statement with the year's next number; the number's row stays locked until the transaction ends.
     *
     * @param year of the number
     */
    String write(Head head, StatementDraft draft, int year, Instant now) {
        var number = nextNumber(year);
        for (int position = 0; position < draft.lines().size(); position++) {
            write(number, position, draft.lines().get(position));
        }
        var driver = head.driver();
        var terms = head.terms();
        jdbc.sql("""
            insert into statements (number, driver_id, month, revision, corrects, locale, time_zone, currency,
                   driver_name, driver_email, employer, vehicle, plate, reference, energy_kwh, total, left_out, drawn_up_at)
            values (:number, :driver, :month, :revision, :corrects, :locale, :zone, :currency,
                   :name, :email, :employer, :vehicle, :plate, :reference, :energy, :total, :leftOut, :now)
            """)
                .param("number", number)
                .param("driver", driver.id().value())
                .param("month", draft.month().atDay(1))
                .param(
                        "revision",
                        head.before().map(before -> before.revision() + 1).orElse(0))
                .param(
                        "corrects",
                        head.before().map(StatedMonths.Month::original).orElse(null))
                .param("locale", driver.locale().toLanguageTag())
                .param("zone", driver.timeZone().getId())
                .param("currency", head.currency().getCurrencyCode())
                .param("name", driver.name())
                .param("email", driver.email())
                .param("employer", terms.employer())
                .param("vehicle", terms.vehicle())
                .param("plate", terms.plate())
                .param("reference", terms.reference())
                .param("energy", draft.energy().kilowattHours())
                .param("total", draft.total())
                .param("leftOut", draft.leftOut())
                .param("now", SqlTime.utc(now))
                .update();
        return number;
    }

    private String nextNumber(int year) {
        return jdbc.sql("""
            insert into statement_numbers as n (year, last_number) values (?, 1)
            on conflict (year) do update set last_number = n.last_number + 1
            returning last_number
            """)
                .param(year)
                .query((row, place) -> StatementNumber.of(year, row.getInt(1)))
                .single();
    }

    private void write(String number, int position, StatementLine line) {
        jdbc.sql("""
            insert into statement_lines (statement_number, position, steve_transaction_id, charge_box_id, charger_name,
                   started_at, ended_at, meter_start_wh, meter_stop_wh, basis, energy_kwh, rate, rate_kind, stated_kwh,
                   stated_rate, amount)
            values (:number, :position, :session, :box, :charger, :startedAt, :endedAt, :meterStart, :meterStop, :basis,
                   :energy, :rate, :kind, :statedEnergy, :statedRate, :amount)
            """)
                .param("number", number)
                .param("position", position)
                .param("session", line.session().value())
                .param("box", line.chargeBoxId())
                .param("charger", line.chargerName())
                .param("startedAt", SqlTime.utc(line.startedAt()))
                .param("endedAt", SqlTime.utc(line.endedAt()))
                .param("meterStart", line.meterStart().wattHours())
                .param("meterStop", line.meterStop().map(Energy::wattHours).orElse(null))
                .param("basis", line.basis().wireName())
                .param("energy", line.energy().kilowattHours())
                .param("rate", line.rate())
                .param("kind", line.rateKind().wireName())
                .param(
                        "statedEnergy",
                        line.stated()
                                .map(stated -> stated.energy().kilowattHours())
                                .orElse(null))
                .param(
                        "statedRate",
                        line.stated().map(StatementLine.Stated::rate).orElse(null))
                .param("amount", line.amount())
                .update();
    }

    /** What the driver's statements have so far. */
    StatedMonths statedOf(AccountId driver) {
        var sessions = new HashMap<SessionId, StatedMonths.Latest>();
        jdbc.sql("""
            select distinct on (l.steve_transaction_id) l.*, s.month, s.time_zone, s.currency
              from statement_lines l join statements s on s.number = l.statement_number
             where s.driver_id = ?
             order by l.steve_transaction_id, s.revision desc
            """).param(driver.value()).query(row -> {
            var line = line(row, digits(row));
            sessions.put(
                    line.session(), new StatedMonths.Latest(month(row), ZoneId.of(row.getString("time_zone")), line));
        });
        Map<YearMonth, StatedMonths.Month> months = new HashMap<>();
        jdbc.sql("""
            select month, max(number) filter (where revision = 0) as number, max(revision) as revision
              from statements where driver_id = ? group by month
            """).param(driver.value()).query(row -> {
            months.put(month(row), new StatedMonths.Month(row.getString("number"), row.getInt("revision")));
        });
        return new StatedMonths(sessions, months);
    }

    /** @param driver empty = any driver's */
    Optional<Statement> find(String number, Optional<AccountId> driver) {
        return jdbc.sql("""
            select * from statements
             where number = :number and (cast(:driver as bigint) is null or driver_id = :driver)
            """)
                .param("number", number)
                .param("driver", driver.map(AccountId::value).orElse(null))
                .query((row, place) -> statement(row).with(lines(number)))
                .optional();
    }

    /** Lists a driver's statements without lines, last drawn up first. */
    List<Statement> page(AccountId driver, Optional<String> before, int limit) {
        var after = before.map(number -> """
             and (drawn_up_at, month, revision) <
                 (select b.drawn_up_at, b.month, b.revision from statements b
                   where b.number = :before and b.driver_id = :driver)
            """).orElse("");
        return jdbc.sql("select * from statements where driver_id = :driver " + after
                        + " order by drawn_up_at desc, month desc, revision desc limit :limit")
                .param("driver", driver.value())
                .param("before", before.orElse(null))
                .param("limit", limit)
                .query((row, place) -> statement(row))
                .list();
    }

    /** Lists a driver's statements of a year's months without lines, by month. */
    List<Statement> ofYear(AccountId driver, int year) {
        return jdbc.sql("""
            select * from statements where driver_id = ? and extract(year from month) = ?
             order by month, revision
            """)
                .param(driver.value())
                .param(year)
                .query((row, place) -> statement(row))
                .list();
    }

    List<Integer> years(AccountId driver) {
        return jdbc.sql("""
            select distinct cast(extract(year from month) as integer) as year from statements
             where driver_id = ? order by year desc
            """)
                .param(driver.value())
                .query((row, place) -> row.getInt("year"))
                .list();
    }

    /** Numbers of all statements of the same month, the statement itself first. */
    List<String> ofMonth(AccountId driver, YearMonth month) {
        return jdbc.sql("select number from statements where driver_id = ? and month = ? order by revision")
                .param(driver.value())
                .param(month.atDay(1))
                .query((row, place) -> row.getString("number"))
                .list();
    }

    Optional<byte[]> pdf(String number) {
        return jdbc.sql("select pdf from statement_pdfs where statement_number = ?")
                .param(number)
                .query((row, place) -> row.getBytes(1))
                .optional();
    }

    /** Stores the PDF unless one is stored. */
    void storePdf(String number, byte[] pdf) {
        jdbc.sql("insert into statement_pdfs (statement_number, pdf) values (?, ?) on conflict do nothing")
                .param(number)
                .param(pdf)
                .update();
    }

    private List<StatementLine> lines(String number) {
        return jdbc.sql("""
            select l.*, s.currency from statement_lines l join statements s on s.number = l.statement_number
             where l.statement_number = ? order by l.position
            """)
                .param(number)
                .query((row, place) -> line(row, digits(row)))
                .list();
    }

    private static StatementLine line(ResultSet row, int digits) throws SQLException {
        Optional<BigDecimal> statedRate = Optional.ofNullable(row.getBigDecimal("stated_rate"));
        var statedEnergy = Energy.ofKilowattHours(
                Optional.ofNullable(row.getBigDecimal("stated_kwh")).orElse(BigDecimal.ZERO));
        return new StatementLine(
                new SessionId(row.getLong("steve_transaction_id")),
                row.getString("charge_box_id"),
                row.getString("charger_name"),
                SqlTime.required(row, "started_at"),
                SqlTime.required(row, "ended_at"),
                Energy.ofWattHours(row.getBigDecimal("meter_start_wh")),
                Optional.ofNullable(row.getBigDecimal("meter_stop_wh"))
                        .map((BigDecimal wattHours) -> Energy.ofWattHours(wattHours)),
                MeterBasis.of(row.getString("basis")),
                Energy.ofKilowattHours(row.getBigDecimal("energy_kwh")),
                row.getBigDecimal("rate").stripTrailingZeros(),
                ReimbursementRate.Kind.of(row.getString("rate_kind")),
                statedRate.map(rate -> new StatementLine.Stated(statedEnergy, rate.stripTrailingZeros())),
                row.getBigDecimal("amount").setScale(digits));
    }

    private static Statement statement(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new Statement(
                row.getString("number"),
                new AccountId(row.getLong("driver_id")),
                month(row),
                row.getInt("revision"),
                Optional.ofNullable(row.getString("corrects")),
                Locale.forLanguageTag(row.getString("locale")),
                ZoneId.of(row.getString("time_zone")),
                currency,
                new Statement.Parties(
                        row.getString("driver_name"),
                        row.getString("driver_email"),
                        row.getString("employer"),
                        row.getString("vehicle"),
                        row.getString("plate"),
                        row.getString("reference")),
                Energy.ofKilowattHours(row.getBigDecimal("energy_kwh")),
                new Money(row.getBigDecimal("total").setScale(currency.getDefaultFractionDigits()), currency),
                row.getInt("left_out"),
                SqlTime.required(row, "drawn_up_at"),
                List.of());
    }

    private static int digits(ResultSet row) throws SQLException {
        return Currency.getInstance(row.getString("currency")).getDefaultFractionDigits();
    }

    private static YearMonth month(ResultSet row) throws SQLException {
        return YearMonth.from(row.getObject("month", LocalDate.class));
    }
}
