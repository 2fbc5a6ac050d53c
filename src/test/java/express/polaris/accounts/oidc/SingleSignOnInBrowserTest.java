package express.polaris.accounts.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.NewDriver;
import express.polaris.testing.Axe;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.StubIssuer;
import express.polaris.testing.StubIssuer.Person;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single sign-on as people see it: the button, the way to the issuer and back, a refusal, and signing out there. */
@BrowserTest
class SingleSignOnInBrowserTest {

    private static final StubIssuer ISSUER = new StubIssuer();
    private static RunningPortal portal;
    private static ChromiumBrowser chromium;

    @BeforeAll
    static void start() {
        portal = RunningPortal.node(
                "--polaris.public.url=https://portal.polaris.example",
                "--polaris.oidc.issuer=" + ISSUER.url(),
                "--polaris.oidc.client-id=" + StubIssuer.CLIENT,
                "--polaris.oidc.client-secret=" + StubIssuer.SECRET,
                "--polaris.oidc.button=Yard ID",
                "--polaris.oidc.operator-groups=admins");
        chromium = new ChromiumBrowser();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        portal.close();
        ISSUER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "en, 1280, LIGHT, Sign in with Yard ID, Sign-in with Yard ID, There is no account here",
        "en, 390, DARK, Sign in with Yard ID, Sign-in with Yard ID, There is no account here",
        "de, 390, LIGHT, Mit Yard ID anmelden, Anmeldung mit Yard ID, gibt es hier kein Konto",
        "de, 1280, DARK, Mit Yard ID anmelden, Anmeldung mit Yard ID, gibt es hier kein Konto"
    })
    void aPersonSignsInAndOut(
            String language, int width, ColorScheme theme, String button, String linked, String refusal) {
        var page = window(language, width, theme);
        ISSUER.reset(Clock.systemUTC());
        ISSUER.sendBrowsersTo(portal.url(""));

        ISSUER.person(Person.of(UUID.randomUUID() + "@people.example"));
        page.navigate(portal.url("/sign-in"));
        check(page, "single-sign-on-button");
        page.click("text=" + button);
        assertThat(page.locator(".notice").textContent()).contains(refusal);
        check(page, "single-sign-on-refused");

        var account = driver(language);
        ISSUER.person(Person.of(account.email(), "admins"));
        page.click("text=" + button);
        page.waitForURL("**/operator");
        page.navigate(portal.url("/account"));
        assertThat(page.locator("#single-sign-on h2").textContent()).isEqualTo(linked);
        check(page, "single-sign-on-account");
        page.navigate(portal.url("/operator/drivers/" + account.id()));
        assertThat(page.locator("#identity h2").textContent()).isEqualTo(linked);
        page.click("#identity summary");
        check(page, "single-sign-on-person");

        page.evaluate("document.querySelector(\"form[action='/sign-out']\").requestSubmit()");
        page.waitForURL("**/sign-in");
        assertThat(ISSUER.signOuts()).hasSize(1);
        page.navigate(portal.url("/account"));
        assertThat(page.url()).endsWith("/sign-in");
    }

    private static Page window(String language, int width, ColorScheme theme) {
        return chromium.newContext(new Browser.NewContextOptions()
                        .setLocale(language)
                        .setViewportSize(width, 844)
                        .setColorScheme(theme))
                .newPage();
    }

    private static void check(Page page, String name) {
        Axe.noGraveFaults(page, name);
        assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s fits", name)
                .isTrue();
        var language = page.getAttribute("html", "lang");
        ChromiumBrowser.picture(page, name + "-" + language + "-" + page.viewportSize().width);
    }

    private static Account driver(String language) {
        return portal.bean(AccountService.class)
                .createDriver(
                        Optional.empty(),
                        new NewDriver(
                                UUID.randomUUID() + "@people.example",
                                "Ada",
                                Optional.empty(),
                                Optional.of(language),
                                Optional.of("Europe/Berlin")));
    }
}
