package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.SessionSteps.hoursAgo;
import static express.polaris.journeys.SessionSteps.minutesAgo;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.RunningPortal;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator's work with existing drivers and their cards. */
@BrowserTest
class PeopleJourneyTest {

    private static Chromium chromium;
    private static RunningPortal portal;
    private static SessionSteps charges;
    private static Account operator;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = new RunningPortal();
        charges = new SessionSteps(portal);
        operator = portal.driver("Olga");
        portal.bean(AccountService.class).changeRole(Optional.empty(), operator.id(), Role.OPERATOR);
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void aTransferLeavesEarlierSessionsWithThePreviousOwner() {
        var ada = portal.driver("Ada");
        var ben = portal.driver("Ben");
        var tag = portal.card(ada);
        long before = charges.completed("GARAGE-1", tag, hoursAgo(2));
        try (var console = chromium.open(1280, ColorScheme.DARK, "en");
                var adas = chromium.open(390, ColorScheme.DARK, "en")) {
            Chromium.signIn(console, portal, operator);
            console.navigate(portal.url("/operator/cards?search=" + tag));
            console.locator("#rows .row-link").click();
            console.locator("a[href$='/transfer']").click();
            console.locator("input[name=driver]").fill(ben.email());
            console.locator("input[name=from]")
                    .fill(hoursAgo(5)
                            .atZone(ben.timeZone())
                            .toLocalDateTime()
                            .withSecond(0)
                            .toString());
            console.locator(".form-end button").click();
            assertThat(console.locator(".preview-no")).containsText("started with this card on");
            chromium.look(console, "card-transfer-refused-desktop-dark");
            console.locator("input[name=from]").fill("");
            console.locator(".form-end button").click();
            assertThat(console.locator(".preview")).containsText("Ada keeps 1 session with 6.00 kWh");
            console.locator(".preview button[type=submit]").click();
            assertThat(console.locator(".notice-success")).containsText("Earlier sessions stay where they were");
            assertThat(console.locator("main")).containsText("Received by transfer");

            Chromium.signIn(adas, portal, ada);
            adas.navigate(portal.url("/sessions/" + before));
            assertThat(adas.locator("h1")).containsText("#" + before);
            long after = charges.completed("GARAGE-1", tag, minutesAgo(0).plusSeconds(1));
            adas.navigate(portal.url("/sessions/" + after));
            assertThat(adas.locator("main")).not().containsText("#" + after);

            console.navigate(portal.url("/operator/drivers/" + ben.id()));
            assertThat(console.locator("main")).containsText("#" + after);
        }
    }

    @Test
    void anOperatorViewsADriversPortalAndReturns() {
        var cleo = portal.driver("Cleo");
        var tag = portal.card(cleo);
        charges.completed("GARAGE-1", tag, hoursAgo(4));
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(page, portal, operator);
            page.navigate(portal.url("/operator/drivers/" + cleo.id()));
            page.locator("form[action$='/view-as'] button").click();
            page.waitForURL(portal.url("/"));
            assertThat(page.locator(".banner-view")).containsText("Viewing Cleo’s portal (read-only)");
            chromium.look(page, "view-as-desktop-light");
            page.navigate(portal.url("/cards"));
            assertThat(page.locator("main .card-item")).hasCount(1);
            assertThat(page.locator("main form[method=post]").first()).isHidden();
            assertThat(page.locator("main .btn-lost").first()).isHidden();
            page.setViewportSize(390, 844);
            page.navigate(portal.url("/sessions"));
            chromium.look(page, "view-as-phone-light");
            page.locator(".banner-view button").click();
            page.waitForURL(portal.url("/operator/drivers/" + cleo.id() + "?done=viewing-ended"));
            assertThat(page.locator(".notice")).containsText("You see your own pages again");
        }
    }

    @Test
    void cardLinksAreImportedFromATable() {
        var dora = portal.driver("Dora");
        portal.steve.world().addTag("IMPORT-1");
        var csv = "id_tag,email,label,from\nIMPORT-1," + dora.email()
                + ",Key ring,2026-01-01\nIMPORT-2,nobody@example.org,,";
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "de")) {
            Chromium.signIn(page, portal, operator);
            page.navigate(portal.url("/operator/cards/import"));
            page.locator("input[type=file]")
                    .setInputFiles(new com.microsoft.playwright.options.FilePayload(
                            "links.csv", "text/csv", csv.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            page.locator(".import-form button").click();
            assertThat(page.locator(".sums")).containsText("1 would be linked");
            chromium.look(page, "import-dry-run-desktop-light");
            page.locator(".import-do button").click();
            assertThat(page.locator("h1")).hasText("Import finished");
            assertThat(page.locator(".sums")).containsText("1 linked");
            page.setViewportSize(390, 844);
            chromium.look(page, "import-done-phone-light");
        }
    }
}
