package express.polaris.portal.statements;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.HomeCharging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Employer statements over HTTP: a driver's pages, the API, and the operator's console. */
@ApplicationTest
class StatementPagesTest {

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final HomeCharging home;
    private Account driver;

    StatementPagesTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.home = new HomeCharging(application);
        this.driver = portal.driver();
    }

    @BeforeEach
    void inNovember() {
        clock.at(HomeCharging.OCTOBER_IS_STATED);
        driver = portal.driver();
    }

    @Test
    void aDriverSetsUpStatementsAndFindsThemWithTheirSums() {
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/statements").body()).contains("Do you charge a company car at home?");
        assertThat(words(browser.get("/statements/terms").body())).contains("€0.34 per kWh is a common rate", "CP1");

        var saved = browser.post(
                "/statements/terms",
                Map.of("employer", "ACME", "from", "2026-10-01", "amount", "0,34", "kind", "fixed", "box", "CP1"));
        assertThat(saved.headers().firstValue("Location")).hasValue("/statements/terms?done=saved");
        home.run();

        var statement = home.of(driver).getFirst();
        assertThat(words(browser.get("/statements").body()))
                .contains(statement.number(), "October 2026", "12.345", "€4.20", "No copy goes to your employer.");
        assertThat(words(browser.get("/statements/" + statement.number()).body()))
                .contains("meter 0.000 → 12.345 kWh", "12.345 kWh × €0.34", "Total, 12.345 kWh €4.20", "OCPP");
        assertThat(words(browser.get("/statements/years/2026").body()))
                .contains("Energy charged at home in 2026", "Total 2026, 12.345 kWh €4.20");
    }

    @Test
    void aFormWithFaultsKeepsWhatWasTyped() {
        var refused = portal.signedIn(driver)
                .post(
                        "/statements/terms",
                        Map.of("employer", "ACME", "from", "2026-10-01", "amount", "much", "sendTo", "nobody"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains(
                        "value=\"ACME\"",
                        "value=\"much\"",
                        "value=\"nobody\"",
                        "Enter an e-mail address like accounts@example.com.",
                        "Enter an amount per kWh above 0 with at most 6 decimals, e.g. 0.34.");
    }

    @Test
    void theApiHasTheSameNumbersAndTheSameBytesEveryTime() {
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        home.atHome(driver, Optional.empty());
        home.run();
        var number = home.of(driver).getFirst().number();
        var api = portal.withToken(driver);
        assertThat(api.get("/api/v1/statements").body()).contains("\"" + number + "\"", "\"month\":\"2026-10\"");
        assertThat(api.get("/api/v1/statements/" + number).body())
                .contains(
                        "\"total\":\"4.20\"",
                        "\"rate\":\"0.34\"",
                        "\"basis\":\"meter\"",
                        "\"energyKwh\":\"12.345000\"");
        var pdf = api.get("/api/v1/statements/" + number + ".pdf");
        assertThat(pdf.body())
                .startsWith("%PDF")
                .isEqualTo(api.get("/api/v1/statements/" + number + ".pdf").body());
        assertThat(api.get("/api/v1/statements/" + number + ".csv?separator=semicolon")
                        .body())
                .contains("\r\n" + number + ";;2026-10;", ";4,20;EUR\r\n");
        assertThat(api.get("/api/v1/statements/" + number + ".csv?separator=tab")
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/statements/years/2026.csv").body())
                .contains(number + ",,2026-10,", ",12.345,4.20,EUR");
        assertThat(api.get("/api/v1/statements/years/2026.pdf").body()).startsWith("%PDF");
        assertThat(portal.signedIn(driver).get("/account/data.json").body()).contains(number, "ACME GmbH");

        var operator = portal.signedIn(portal.operator());
        assertThat(operator.get("/api/v1/operator/statements/" + number + ".pdf")
                        .body())
                .isEqualTo(pdf.body());
        assertThat(operator.get("/operator/drivers/" + driver.id() + "/reimbursement")
                        .body())
                .contains(number, "ACME GmbH");
        assertThat(operator.get("/operator/drivers/" + driver.id()).body())
                .contains("/api/v1/operator/statements/" + number + ".pdf", "€4.20");
    }

    @Test
    void anOperatorReplacesTermsThroughTheApi() {
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        var api = portal.withToken(portal.operator());
        var path = "/api/v1/operator/drivers/" + driver.id() + "/reimbursement";
        var saved = api.call("PUT", path, """
            {"employer":"ACME","vehicle":"ID.4","plate":"B-PE 123","reference":"4711",
             "rates":[{"from":"2026-01-01","to":"2026-06-30","amount":0.30},{"from":"2026-07-01","amount":"0.34"}],
             "home":[{"chargeBoxId":"CP1"}],"sendTo":"accounts@acme.example"}
            """);
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        assertThat(api.get(path).body())
                .isEqualTo(saved.body())
                .contains("\"sendToAgreed\":false", "\"amount\":\"0.3\"", "\"chargeBoxId\":\"cp1\"");
        assertThat(portal.signedIn(driver).get("/statements/terms").body())
                .contains("Your operator has entered accounts@acme.example.");

        var overlapping = api.call("PUT", path, """
            {"rates":[{"from":"2026-01-01","amount":"0.30"},{"from":"2026-07-01","amount":"0.34"}]}
            """);
        assertThat(overlapping.statusCode()).isEqualTo(422);
        assertThat(overlapping.body()).contains("rates[1].from", "2026-01-01");
    }

    @Test
    void theMonthlyOverviewMarksSessionsInProgress() {
        long running = home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        jdbc.sql("update synced_transaction_events set is_final = false where steve_transaction_id = ?")
                .param(running)
                .update();
        var page = words(
                portal.signedIn(driver).get("/sessions/statement?month=2026-10").body());
        assertThat(page).contains("Overview of October 2026", "1 in progress: so far", "In progress");
    }

    private static String words(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }
}
