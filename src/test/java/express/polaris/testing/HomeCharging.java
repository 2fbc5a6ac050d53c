package express.polaris.testing;

import express.polaris.accounts.Account;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.ReimbursementWish;
import express.polaris.billing.statements.Statement;
import express.polaris.billing.statements.StatementJob;
import express.polaris.billing.statements.StatementService;
import express.polaris.testing.BillingData.Reading;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drivers who charge at home, at 0.34 per kWh from 2026 on, and their statements. */
public record HomeCharging(ApplicationContext application) {

    /** When October is stated: six hours after its end in Berlin. */
    public static final String OCTOBER_IS_STATED = "2026-11-01T05:00:00Z";

    /** A completed session at home. */
    public long charged(Account driver, String at, String kwh) {
        return new BillingData(application).charged(driver.id(), new Reading(at, kwh));
    }

    /** Sets the driver's own terms, which include an agreed address of the employer. */
    public void atHome(Account driver, Optional<String> sendTo) {
        application.getBean(ReimbursementService.class).changeOwn(driver.id(), wish("0.34", sendTo));
    }

    public static ReimbursementWish wish(String rate, Optional<String> sendTo) {
        return new ReimbursementWish(
                Optional.of("ACME GmbH"),
                Optional.of("ID.4"),
                Optional.of("B-PE 123"),
                Optional.of("4711"),
                sendTo,
                List.of(new ReimbursementWish.Rate(
                        Optional.of("2026-01-01"), Optional.empty(), Optional.of(rate), Optional.empty())),
                List.of(new ReimbursementWish.Home(Optional.of("cp1"), Optional.empty())));
    }

    /** Draws up what is due; everything counts as read. */
    public void run() {
        var now = application.getBean(MutableClock.class).instant();
        new BillingData(application).allIsReadAt(now.toString());
        application.getBean(StatementJob.class).run();
    }

    /** The driver's statements with their lines, last drawn up first. */
    public List<Statement> of(Account driver) {
        var statements = application.getBean(StatementService.class);
        return statements.page(driver.id(), Optional.empty(), 100).stream()
                .map(statement ->
                        statements.find(statement.number(), driver.id()).orElseThrow())
                .toList();
    }

    /** SteVe revises the session's stop. */
    public void revise(long session, String kwh) {
        var jdbc = application.getBean(JdbcClient.class);
        var energy = new BigDecimal(kwh);
        jdbc.sql("update synced_transaction_events set kwh_delta = ? where steve_transaction_id = ?")
                .params(energy, session)
                .update();
        jdbc.sql(
                        "update transaction_sync_state set stop_value_wh = start_value_wh + ?, energy_wh = ?, revision = revision + 1"
                                + " where steve_transaction_id = ?")
                .params(energy.movePointRight(3), energy.movePointRight(3), session)
                .update();
    }
}
