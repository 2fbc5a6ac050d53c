package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.Role;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.Sessions;
import express.polaris.simulator.SimulatedMeterValue;
import express.polaris.simulator.StopActor;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator does with people and their cards, from the first invitation to another owner. */
class PeopleJourneyTest {

    private static final String PASSWORD = "a password of my own";

    private static Chromium chromium;
    private static RunningPortal portal;
    private static Account operator;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = new RunningPortal();
        operator = portal.driver("Olga");
        portal.bean(Accounts.class).changeRole(Optional.empty(), operator.id(), Role.OPERATOR);
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    /** A session of 6 kWh in 25 minutes that is over, known to the portal. */
    private static long charged(String tag, Instant start) {
        var world = portal.steve.world();
        long id = world.startTransaction("GARAGE-1", 1, tag, start, 1000);
        world.addMeterValue(id, SimulatedMeterValue.energy(start.plus(Duration.ofMinutes(10)), 4000));
        world.stopTransaction(
                id, start.plus(Duration.ofMinutes(25)), 7000, Optional.of("EVDisconnected"), StopActor.STATION);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> portal.bean(Sessions.class)
                        .find(new SessionId(id))
                        .filter(session -> !session.isLive() && session.isFinal())
                        .isPresent());
        return id;
    }

    private static Instant hoursAgo(int hours) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(hours));
    }

    @Test
    void aDriverIsInvitedAndFindsTheChargeThatCameBeforeThem() {
        portal.steve.world().addTag("04A1B2C3D4E5F6");
        long session = charged("04A1B2C3D4E5F6", hoursAgo(3));
        var email = "grace@example.org";
        try (var console = chromium.open(1280, ColorScheme.LIGHT, "en");
                var hers = chromium.open(390, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(console, portal, operator);
            console.navigate(portal.url("/operator/drivers"));
            chromium.look(console, "drivers-desktop-light");
            console.locator("a[href='/operator/drivers/new']").first().click();
            console.locator("input[name=name]").fill("Grace Hopper");
            console.locator("input[name=email]").fill(email);
            chromium.look(console, "driver-new-desktop-light");
            console.locator("main button[type=submit]").click();
            assertThat(console.locator(".notice-success")).containsText("An invitation to Grace Hopper is on its way");
            assertThat(console.locator(".person-title .marks")).containsText("Invited");

            hers.navigate(portal.url(MailServer.await(email, 1).path()));
            assertThat(hers.locator("h1")).hasText("Welcome");
            chromium.look(hers, "invitation-phone-light");
            hers.locator("input[name=password]").fill(PASSWORD);
            hers.keyboard().press("Enter");
            hers.waitForURL(portal.url("/"));
            hers.navigate(portal.url("/sessions"));
            assertThat(hers.locator("#rows tr")).hasCount(0);

            console.navigate(portal.url("/operator/cards"));
            assertThat(console.locator(".unknown-tags")).containsText("04A1B2C3D4E5F6");
            chromium.look(console, "tags-unknown-desktop-light");
            console.locator(".unknown-tags .do a").first().click();
            console.locator("input[name=driver]").fill(email);
            console.locator("input[name=label]").fill("Grey fob");
            console.locator("button[name=start]").click();
            assertThat(console.locator(".preview")).containsText("1 session with 6.00 kWh are attached");
            chromium.look(console, "card-link-preview-desktop-light");
            console.locator(".preview button[type=submit]").click();
            assertThat(console.locator(".notice-success")).containsText("1 session is its driver’s now");
            chromium.look(console, "card-desktop-light");

            hers.reload();
            assertThat(hers.locator("#rows tr")).hasCount(1);
            assertThat(hers.locator("#rows a[href='/sessions/" + session + "']"))
                    .isVisible();
            console.setViewportSize(390, 844);
            chromium.look(console, "card-phone-light");
            console.navigate(portal.url("/operator/cards"));
            chromium.look(console, "tags-phone-light");
        }
    }

    @Test
    void aTransferLeavesEarlierChargesWithWhoeverHadTheCard() {
        var ada = portal.driver("Ada");
        var ben = portal.driver("Ben");
        var tag = portal.card(ada);
        long before = charged(tag, hoursAgo(2));
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
            assertThat(console.locator(".preview-no")).containsText("began with this card on");
            chromium.look(console, "card-transfer-refused-desktop-dark");
            console.locator("input[name=from]").fill("");
            console.locator(".form-end button").click();
            assertThat(console.locator(".preview")).containsText("1 session with 6.00 kWh stay with Ada");
            chromium.look(console, "card-transfer-preview-desktop-dark");
            console.locator(".preview button[type=submit]").click();
            assertThat(console.locator(".notice-success")).containsText("Earlier sessions stay where they were");
            assertThat(console.locator("main")).containsText("Received by transfer");
            chromium.look(console, "card-transferred-desktop-dark");

            Chromium.signIn(adas, portal, ada);
            adas.navigate(portal.url("/sessions/" + before));
            assertThat(adas.locator("h1")).containsText("#" + before);
            long after =
                    charged(tag, Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
            adas.navigate(portal.url("/sessions/" + after));
            assertThat(adas.locator("main")).not().containsText("#" + after);

            console.navigate(portal.url("/operator/drivers/" + ben.id()));
            assertThat(console.locator("main")).containsText("#" + after);
            chromium.look(console, "driver-desktop-dark");
            console.setViewportSize(390, 844);
            chromium.look(console, "driver-phone-dark");
        }
    }

    @Test
    void anOperatorLooksAtADriversPortalAndComesBack() {
        var cleo = portal.driver("Cleo");
        var tag = portal.card(cleo);
        charged(tag, hoursAgo(4));
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(page, portal, operator);
            page.navigate(portal.url("/operator/drivers/" + cleo.id()));
            page.locator("form[action$='/view-as'] button").click();
            page.waitForURL(portal.url("/"));
            assertThat(page.locator(".banner-view")).containsText("You see the portal of Cleo, read only.");
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
    void linksAreImportedFromATable() {
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
            assertThat(page.locator("h1")).hasText("The import is done");
            assertThat(page.locator(".sums")).containsText("1 linked");
            page.setViewportSize(390, 844);
            chromium.look(page, "import-done-phone-light");
        }
    }
}
