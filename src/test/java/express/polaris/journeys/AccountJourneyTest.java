package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A driver's account in a real browser: sign-in, profile, devices and tokens, data download, and deletion. */
@BrowserTest
class AccountJourneyTest {

    private static Chromium chromium;
    private static RunningPortal portal;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = new RunningPortal();
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void aLinkInAMailSignsInWithTheKeyboardAlone() {
        var ada = portal.driver("Ada");
        try (var page = chromium.open(390, ColorScheme.LIGHT, "en")) {
            page.navigate(portal.url("/sign-in"));
            page.locator("input[name=email]").fill(ada.email());
            page.locator("button[formaction='/sign-in/link']").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Check your inbox");
            chromium.look(page, "link-sent-phone-light");
            page.navigate(portal.url(MailServer.await(ada.email(), 1).path()));
            assertThat(page.locator("button[type=submit]")).hasText("Sign in as " + ada.email());
            chromium.look(page, "link-confirm-phone-light");
            page.locator("button[type=submit]").focus();
            page.keyboard().press("Enter");
            page.waitForURL(portal.url("/"));
            page.goBack();
            page.reload();
            assertThat(page.locator("h1")).hasText("This link no longer works");
        }
    }

    @Test
    void aForgottenPasswordIsReplacedByANewOne() {
        var ben = portal.driver("Ben");
        try (var page = chromium.open(1280, ColorScheme.DARK, "de")) {
            page.navigate(portal.url("/sign-in"));
            page.locator("a[href='/sign-in/password']").click();
            page.locator("input[name=email]").fill(ben.email());
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Schau in dein Postfach");
            page.navigate(portal.url(MailServer.await(ben.email(), 1).path()));
            chromium.look(page, "new-password-desktop-dark");
            page.locator("input[name=password]").fill("a new password of mine");
            page.keyboard().press("Enter");
            page.waitForURL(portal.url("/"));
        }
    }

    @Test
    void theAccountIsSetUp() throws Exception {
        var cleo = portal.driver("Cleo");
        try (var elsewhere = chromium.open(390, ColorScheme.DARK, "en");
                var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(elsewhere, portal, cleo);
            Chromium.signIn(page, portal, cleo);
            page.locator(".side a[href='/account']").click();
            assertThat(page.locator("h1")).hasText("Account");
            assertThat(page.locator("#devices li")).hasCount(2);
            assertThat(page.locator("#devices li").first()).containsText("Chrome");
            assertThat(page.locator("#devices li").first()).containsText("This device");
            chromium.look(page, "account-desktop-light");

            page.locator("#tokens input[name=name]").fill("Home automation");
            page.keyboard().press("Enter");
            var token = page.locator(".issued-token");
            assertThat(token).isFocused();
            assertThat(token.inputValue()).startsWith("polaris_");
            page.navigate(portal.url("/account"));
            assertThat(page.locator(".issued-token")).hasCount(0);
            assertThat(page.locator("#tokens li")).containsText("Never used");

            var download = page.waitForDownload(
                    () -> page.locator("a[href='/account/data.json']").click());
            assertThat(Files.readString(download.path())).contains(cleo.email(), "Home automation");

            page.locator("#notifications input[name=mail][value=car_full]").uncheck();
            page.locator("#notifications button[type=submit]").click();
            assertThat(page.locator("#notifications input[name=mail][value=car_full]"))
                    .not()
                    .isChecked();
            assertThat(page.locator("#notifications input[name=portal][value=car_full]"))
                    .isChecked();

            page.locator("#password input[name=currentPassword]").fill("not the password");
            page.locator("#password input[name=password]").fill("a new password of mine");
            page.keyboard().press("Enter");
            assertThat(page.locator("#fault-currentPassword")).isVisible();
            page.locator("#password input[name=currentPassword]").fill(RunningPortal.PASSWORD);
            page.locator("#password input[name=password]").fill("a new password of mine");
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice-success")).containsText("Password changed");
            assertThat(page.locator("#devices li")).hasCount(1);
            elsewhere.reload();
            assertThat(elsewhere.locator("input[name=password]")).isVisible();

            page.locator("select[name=locale]").selectOption("de");
            page.locator("#profile button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Konto");
            page.setViewportSize(390, 844);
            chromium.look(page, "account-phone-german");
        }
    }

    @Test
    void anAccountIsDeleted() {
        var dora = portal.driver("Dora");
        portal.card(dora);
        try (var page = chromium.open(390, ColorScheme.DARK, "en")) {
            Chromium.signIn(page, portal, dora);
            page.locator(".sheet > summary").click();
            page.locator(".sheet a[href='/account']").click();
            page.locator("#delete summary").click();
            page.locator("#delete input[name=currentPassword]").fill(RunningPortal.PASSWORD);
            chromium.look(page, "account-delete-phone-dark");
            page.locator("#delete button[type=submit]").click();
            assertThat(page.locator("h1")).hasText("Your account is deleted");
            page.navigate(portal.url("/account"));
            assertThat(page.locator("input[name=password]")).isVisible();
        }
    }
}
