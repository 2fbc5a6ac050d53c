package express.polaris.messages.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.messages.notifications.NotificationChoices.Ways;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.HomeCharging;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class StatementMailsTest {

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final NotificationChoices choices;
    private final HomeCharging home;
    private Account driver;

    StatementMailsTest(
            Portal portal,
            MutableClock clock,
            JdbcClient jdbc,
            NotificationChoices choices,
            ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.choices = choices;
        this.home = new HomeCharging(application);
        this.driver = portal.driver();
    }

    @BeforeEach
    void october() {
        clock.at(HomeCharging.OCTOBER_IS_STATED);
        driver = portal.driver();
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
    }

    @Test
    void aStatementGoesToTheDriverAndToTheEmployerWithPdfAndCsv() {
        var employer = "accounts-" + driver.id() + "@acme.example";
        home.atHome(driver, Optional.of(employer));
        home.run();
        var number = home.of(driver).getFirst().number();

        var own = MailServer.await(driver.email(), 1);
        assertThat(own.subject()).isEqualTo("Your employer statement is ready");
        assertThat(own.plain()).contains(number, "October 2026", "12.345 kWh", "€4.20"); // 12.345×0.34
        assertThat(own.path()).isEqualTo("/statements/" + number);
        var copy = MailServer.await(employer, 1);
        assertThat(copy.subject()).isEqualTo("Statement " + number + " of energy charged at home, October 2026");
        assertThat(copy.plain()).startsWith("Hello,").contains("B-PE 123", driver.email());
        assertThat(copy.files())
                .containsOnlyKeys("home-charging-" + number + ".pdf", "home-charging-" + number + ".csv");
        assertThat(copy.files().get("home-charging-" + number + ".csv"))
                .isEqualTo(own.files().get("home-charging-" + number + ".csv"));
        assertThat(copy.files().get("home-charging-" + number + ".pdf"))
                .startsWith("%PDF".getBytes(StandardCharsets.UTF_8))
                .isEqualTo(own.files().get("home-charging-" + number + ".pdf"));
        assertThat(portal.signedIn(driver).get("/notifications").body()).contains(number);
    }

    @Test
    void theEmployersCopyIsSentWhileTheDriverIsDisabled() {
        var employer = "accounts-" + driver.id() + "@acme.example";
        home.atHome(driver, Optional.of(employer));
        jdbc.sql("update accounts set disabled_at = now() where id = ?")
                .param(driver.id().value())
                .update();
        home.run();
        assertThat(MailServer.await(employer, 1).subject())
                .contains(home.of(driver).getFirst().number());
        assertThat(kindsOfMails()).containsExactly("employer_statement");
    }

    @Test
    void nothingGoesToAnEmployerWithoutTheDriversConsent() {
        home.atHome(driver, Optional.empty());
        home.run();
        assertThat(kindsOfMails()).containsExactly("statement_ready");
    }

    /** Fails if a mail that waits for the server is sent although the driver has withdrawn the consent. */
    @Test
    void aWaitingCopyIsDroppedWhenTheDriverWithdrawsTheConsent(ApplicationContext application) {
        home.atHome(driver, Optional.of("accounts@acme.example"));
        home.run();
        var number = home.of(driver).getFirst().number();
        home.atHome(driver, Optional.empty());
        assertThat(application.getBean(StatementMails.class).letter(StatementMails.TO_EMPLOYER, number, driver))
                .isEmpty();
    }

    @Test
    void aDriverWhoWantsNoMailGetsNone() {
        choices.choose(driver.id(), new EnumMap<>(Map.of(NotificationKind.STATEMENT_READY, new Ways(false, true))));
        home.atHome(driver, Optional.empty());
        home.run();
        assertThat(home.of(driver)).hasSize(1);
        assertThat(kindsOfMails()).isEmpty();
    }

    private List<String> kindsOfMails() {
        return jdbc.sql("select kind from mails where account_id = ? order by id")
                .param(driver.id().value())
                .query((row, number) -> row.getString("kind"))
                .list();
    }
}
