package express.polaris.billing.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.Account;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.HomeCharging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class StatementJobTest {

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final StatementJob job;
    private final HomeCharging home;
    private final StatementService statements;
    private final ReimbursementService terms;
    private final BillingData data;
    private Account driver;

    StatementJobTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.job = context.getBean(StatementJob.class);
        this.statements = context.getBean(StatementService.class);
        this.terms = context.getBean(ReimbursementService.class);
        this.home = new HomeCharging(context);
        this.data = new BillingData(context);
        this.driver = portal.driver();
    }

    @BeforeEach
    void inNovember() {
        clock.at(HomeCharging.OCTOBER_IS_STATED);
        driver = portal.driver();
    }

    @Test
    void aMonthIsStatedOnceSixHoursAfterItsEnd() {
        long first = charged("2026-10-05T10:00:00Z", "12.345");
        long second = charged("2026-10-20T10:00:00Z", "7.777");
        charged("2026-11-01T03:00:00Z", "3");
        atHome();
        clock.at("2026-11-01T04:59:59Z");
        run();
        assertThat(all()).isEmpty();

        clock.at("2026-11-01T05:00:00Z");
        run();
        run();

        var statement = only();
        assertThat(statement.lines())
                .extracting(line -> line.session() + " " + line.energy().kilowattHours() + " " + line.amount())
                .containsExactly(first + " 12.345000 4.20", second + " 7.777000 2.64"); // 4.1973, 6.84148 − 4.20
        assertThat(statement.total().amount()).isEqualByComparingTo("6.84"); // 20.122×0.34 = 6.84148
        assertThat(statement.number()).matches("S2026-\\d{6}");
        assertThat(statement.parties().employer()).isEqualTo("ACME GmbH");
        assertThat(statements.find(statement.number(), portal.driver().id())).isEmpty();
    }

    @Test
    void aStatementWaitsForTheImportForThreeDaysAtMost() {
        charged("2026-10-05T10:00:00Z", "5");
        atHome();
        data.allIsReadAt("2026-10-31T22:00:00Z");
        job.run();
        assertThat(all()).isEmpty();

        clock.at("2026-11-03T23:00:00Z"); // 3 days after October in Berlin
        job.run();
        assertThat(only().total().amount()).isEqualByComparingTo("1.70"); // 5×0.34
    }

    @Test
    void severalRevisionsBeforeTheNextRunGiveOneCorrection() {
        long revised = charged("2026-10-05T10:00:00Z", "12.345");
        charged("2026-10-20T10:00:00Z", "7.777");
        atHome();
        run();
        var original = only();

        home.revise(revised, "13");
        home.revise(revised, "11");
        run();
        run();

        assertThat(all()).hasSize(2);
        var correction = statements.find(all().getFirst().number(), driver.id()).orElseThrow();
        assertThat(correction.corrects()).contains(original.number());
        assertThat(correction.revision()).isEqualTo(1);
        assertThat(correction.lines()).singleElement().satisfies(line -> {
            assertThat(line.difference().kilowattHours()).isEqualByComparingTo("-1.345"); // 11 − 12.345
            assertThat(line.energy().kilowattHours()).isEqualByComparingTo("11");
        });
        assertThat(original.total().plus(correction.total()).amount())
                .isEqualByComparingTo("6.38"); // (11 + 7.777)×0.34 = 6.38418
        assertThat(statements.year(driver.id(), 2026).totals().getFirst().amount())
                .isEqualByComparingTo("6.38");
        assertThat(only(original.number())).isEqualTo(original);
    }

    @Test
    void aRevisedEndWithTheSameEnergyIsCorrectedToo() {
        long revised = charged("2026-10-05T10:00:00Z", "5");
        atHome();
        run();
        jdbc.sql("update transaction_sync_state set stopped_at = stopped_at + interval '1 minute',"
                        + " revision = revision + 1 where steve_transaction_id = ?")
                .param(revised)
                .update();
        run();

        var correction = statements.find(all().getFirst().number(), driver.id()).orElseThrow();
        assertThat(correction.total().amount()).isEqualByComparingTo("0");
        assertThat(correction.lines()).hasSize(1);
    }

    /** Fails if nodes draw up a month twice or leave a gap in the numbers. */
    @Test
    void eightConcurrentNodesStateAMonthOnce() throws Exception {
        var drivers = List.of(driver, portal.driver(), portal.driver(), portal.driver());
        for (var one : drivers) {
            driver = one;
            charged("2026-10-05T10:00:00Z", "5");
            atHome();
        }
        data.allIsReadAt(clock.instant().toString());
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : nodes.invokeAll(Collections.<Callable<Integer>>nCopies(8, job::run))) {
                node.get();
            }
        }
        for (var one : drivers) {
            assertThat(statements.page(one.id(), Optional.empty(), 10)).hasSize(1);
        }
        var numbers = jdbc.sql("select number from statements where number like 'S2026%' order by number")
                .query(String.class)
                .list();
        for (int index = 0; index < numbers.size(); index++) {
            assertThat(numbers.get(index)).isEqualTo(String.format(Locale.ROOT, "S2026-%06d", index + 1));
        }
    }

    @Test
    void theDatabaseRefusesToChangeAStatement() {
        charged("2026-10-05T10:00:00Z", "5");
        atHome();
        run();
        var number = only().number();
        for (var change : List.of(
                "update statements set total = 0 where number = ?",
                "delete from statements where number = ?",
                "update statement_lines set amount = 0 where statement_number = ?",
                "delete from statement_lines where statement_number = ?",
                "insert into statement_lines select statement_number, 99, steve_transaction_id + 1, charge_box_id,"
                        + " charger_name, started_at, ended_at, meter_start_wh, meter_stop_wh, basis, energy_kwh, rate,"
                        + " rate_kind, stated_kwh, stated_rate, amount from statement_lines where statement_number = ?")) {
            assertThatThrownBy(() -> jdbc.sql(change).param(number).update())
                    .as(change)
                    .hasMessageMatching("(?s).*(never change|is final).*");
        }
        assertThatThrownBy(() -> jdbc.sql("truncate statement_lines").update()).hasMessageContaining("refused");
        assertThat(only().total().amount()).isEqualByComparingTo("1.70");
    }

    @Test
    void sessionsElsewhereAreNotStated() {
        charged("2026-10-05T10:00:00Z", "5");
        long elsewhere = charged("2026-10-06T10:00:00Z", "6");
        jdbc.sql("update transaction_sync_state set charge_box_id = 'HOTEL' where steve_transaction_id = ?")
                .param(elsewhere)
                .update();
        atHome();
        run();
        assertThat(only().lines()).hasSize(1);
    }

    @Test
    void everyFaultInTermsIsNamedAtOnce() {
        var wish = new ReimbursementWish(
                Optional.of("x".repeat(201)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("nobody"),
                List.of(
                        new ReimbursementWish.Rate(
                                Optional.of("2026-01-01"), Optional.empty(), Optional.of("0.34"), Optional.empty()),
                        new ReimbursementWish.Rate(
                                Optional.of("2026-06-01"), Optional.of("x"), Optional.of("-1"), Optional.of("plan")),
                        new ReimbursementWish.Rate(
                                Optional.of("2026-06-01"),
                                Optional.empty(),
                                Optional.of("0.3"),
                                Optional.of("household"))),
                List.of(
                        new ReimbursementWish.Home(Optional.of("NEVER-USED"), Optional.empty()),
                        new ReimbursementWish.Home(Optional.empty(), Optional.of(-1L)),
                        new ReimbursementWish.Home(Optional.empty(), Optional.empty())));
        assertThatThrownBy(() -> terms.changeOwn(driver.id(), wish))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.faults())
                                .extracting(Fault::field)
                                .containsExactly(
                                        "employer",
                                        "sendTo",
                                        "rates[1].to",
                                        "rates[1].amount",
                                        "rates[1].kind",
                                        "rates[2].from",
                                        "home[0].chargeBoxId",
                                        "home[1].cardId",
                                        "home[2]"));
    }

    @Test
    void anAddressSetByAnOperatorIsUsedOnlyAfterTheDriverAgrees() {
        var operator = portal.operator();
        charged("2026-10-05T10:00:00Z", "5");
        var saved = terms.change(
                operator.id(), driver.id(), HomeCharging.wish("0.34", Optional.of("accounts@acme.example")));
        assertThat(saved.agreedSendTo()).isEmpty();
        terms.changeOwn(driver.id(), HomeCharging.wish("0.34", saved.sendTo()));
        assertThat(terms.of(driver.id()).agreedSendTo()).contains("accounts@acme.example");
        terms.change(operator.id(), driver.id(), HomeCharging.wish("0.35", Optional.of("Accounts@acme.example")));
        assertThat(terms.of(driver.id()).agreedSendTo()).isPresent();
        terms.change(operator.id(), driver.id(), HomeCharging.wish("0.35", Optional.of("other@acme.example")));
        assertThat(terms.of(driver.id()).agreedSendTo()).isEmpty();
    }

    private void run() {
        home.run();
    }

    private long charged(String at, String kwh) {
        return home.charged(driver, at, kwh);
    }

    private void atHome() {
        home.atHome(driver, Optional.empty());
    }

    private List<Statement> all() {
        return statements.page(driver.id(), Optional.empty(), 10);
    }

    private Statement only() {
        return only(all().getFirst().number());
    }

    private Statement only(String number) {
        return statements.find(number, driver.id()).orElseThrow();
    }
}
