package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.SessionSteps.hoursAgo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.sync.SyncConcerns;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.WrongSteve;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The first steps as an operator takes them, and the pages of an installation that never reached SteVe. */
@BrowserTest
class FirstStepsJourneyTest {

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    private static Account operator(RunningPortal where, String language) {
        var operator = where.bean(AccountService.class)
                .changeRole(Optional.empty(), where.driver("Olga").id(), Role.OPERATOR);
        where.bean(JdbcClient.class)
                .sql("update accounts set locale = ? where id = ?")
                .params(language, operator.id().value())
                .update();
        return operator;
    }

    @Test
    void theNextStepIsPointedOutUntilAllAreTaken() {
        try (var portal = new RunningPortal();
                var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(page, portal, operator(portal, "en"));
            reached(portal);
            page.navigate(portal.url("/operator"));
            assertThat(page.locator("#first-steps .first-steps-head .num")).hasText("1 of 7 done");
            assertThat(page.locator("#step-steve")).containsText("Last answer on");
            assertThat(page.locator(".calm h2")).hasText("Nothing to check yet");
            next(page, "step-transactions");
            chromium.look(page, "first-steps-begin-desktop-light");

            new SessionSteps(portal).completed("GARAGE-1", "GUEST-1", hoursAgo(3));
            page.reload();
            assertThat(page.locator("#step-transactions")).containsText("1 session imported.");
            assertThat(page.locator("#step-tags")).containsText("1 tag that charged in the last 30 days");
            next(page, "step-mail");

            page.locator(".first-step-next .btn-primary").click();
            assertThat(page.locator("#health-mail")).containsText("No test e-mail was sent with these settings.");
            page.locator("#health-mail form button").click();
            assertThat(page.locator(".notice-success")).containsText("The mail server accepted the test e-mail to");
            assertThat(page.locator("#health-mail")).containsText("A test e-mail was accepted on");
            chromium.look(page, "health-mail-tested-desktop-light");
            page.navigate(portal.url("/operator"));
            assertThat(page.locator("#step-mail")).containsText("A test e-mail was accepted on");

            next(page, "step-driver");
            portal.driver("Ada");
            page.reload();
            assertThat(page.locator("#step-driver")).containsText("Ada can sign in.");
            next(page, "step-tags");
            assertThat(page.locator("#first-steps .first-steps-head .num")).hasText("4 of 7 done");
            chromium.look(page, "first-steps-middle-desktop-light");

            page.locator("#first-steps .first-steps-head button").click();
            assertThat(page.locator("#first-steps")).hasCount(0);
            assertThat(page.locator(".notice")).containsText("The first steps are hidden");
            page.locator(".first-steps-again button").click();
            assertThat(page.locator("#first-steps")).isVisible();
        }
    }

    private static void next(Page page, String step) {
        assertThat(page.locator(".first-step-next")).hasAttribute("id", step);
    }

    private static void reached(RunningPortal portal) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        portal.bean(SyncConcerns.class).contact().reachedAt().isPresent());
    }

    @Test
    void bothLanguagesSizesAndThemesSayThatSteveWasNeverReached() {
        try (var steve = new WrongSteve();
                var portal = RunningPortal.with(
                        steve.baseUrl(),
                        "--polaris.public.url=http://portal.example",
                        "--polaris.smtp.host=127.0.0.1",
                        "--polaris.smtp.port=" + MailServer.port(),
                        "--polaris.smtp.security=none",
                        "--polaris.smtp.from=portal@polaris.example")) {
            steve.answers(WrongSteve.Answer.NO_API_PASSWORD);
            var english = operator(portal, "en");
            var german = operator(portal, "de");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> portal.bean(SyncConcerns.class).contact().isMissing());
            for (var language : List.of("en", "de")) {
                for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    for (int width : List.of(1280, 390)) {
                        try (var page = chromium.open(width, theme, language)) {
                            Chromium.signIn(page, portal, language.equals("en") ? english : german);
                            var name = "-%s-%d-%s"
                                    .formatted(language, width, theme.name().toLowerCase(Locale.ROOT));
                            page.navigate(portal.url("/operator"));
                            next(page, "step-steve");
                            assertThat(page.locator("#attention-steve_never_reached"))
                                    .isVisible();
                            chromium.look(page, "never-reached-overview" + name);
                            page.navigate(portal.url("/operator/health"));
                            assertThat(page.locator("#health-steve.check-bad")).isVisible();
                            chromium.look(page, "never-reached-health" + name);
                            page.navigate(portal.url("/operator/sync"));
                            chromium.look(page, "never-reached-sync" + name);
                        }
                    }
                }
            }
        }
    }
}
