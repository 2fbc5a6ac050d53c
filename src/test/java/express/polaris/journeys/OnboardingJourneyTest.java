package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.SessionSteps.hoursAgo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.Role;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a portal that has only an operator to the first price shown to a driver. */
@BrowserTest
class OnboardingJourneyTest {

    private static final String TAG = "04A1B2C3D4E5F6";
    private static final String EMAIL = "grace@example.org";
    private static final String PASSWORD = "a password of my own";

    private static Chromium chromium;
    private static RunningPortal portal;
    private static Account operator;

    @BeforeAll
    static void anOperatorAlone() {
        chromium = new Chromium();
        portal = new RunningPortal();
        operator = portal.bean(AccountService.class)
                .changeRole(Optional.empty(), portal.driver("Olga").id(), Role.OPERATOR);
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void anUnknownTagIsLinkedToANewDriverWhoSeesTheCostOfTheirFirstSession() {
        try (var console = chromium.open(1280, ColorScheme.LIGHT, "en");
                var hers = chromium.open(390, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(console, portal, operator);
            console.navigate(portal.url("/operator"));
            assertThat(console.locator(".calm h2")).hasText("Nothing to check yet");
            console.navigate(portal.url("/operator/transactions"));
            assertThat(console.locator(".empty h2")).hasText("No transactions yet");

            // 4000 - 1000 and 7000 - 4000 Wh
            long session = new SessionSteps(portal).completed("GARAGE-1", TAG, hoursAgo(3));
            console.navigate(portal.url("/operator"));
            assertThat(item(console)).containsText("Unlinked tag " + TAG + ": 1 session, 6.00 kWh");
            chromium.look(console, "onboarding-unknown-tag");
            console.navigate(portal.url("/operator/cards"));
            assertThat(console.locator("main section").first()).containsText(TAG);
            assertThat(console.locator(".unknown-tags")).containsText(TAG);

            invite(console);
            join(hers);
            assertThat(hers.locator("#rows tr")).hasCount(0);

            makeAPlan(console);
            assignIt(console);

            console.navigate(portal.url("/operator"));
            item(console).locator("a").first().click();
            link(console);
            console.navigate(portal.url("/operator"));
            assertThat(console.locator(".calm h2")).hasText("Everything is accounted for");

            hers.reload();
            assertThat(hers.locator("#rows tr")).hasCount(1);
            hers.locator("#rows a[href='/sessions/" + session + "']").click();
            assertThat(hers.locator("h1")).containsText("#" + session);
            // 5 × 0.30 + 1 × 0.50
            assertThat(hers.locator("[data-part=cost] .cost-amount")).hasText("€2.00");
            chromium.look(hers, "onboarding-first-price");
        }
    }

    private static Locator item(Page console) {
        return console.locator("#attention-unlinked_tag .concern-item[data-subject='" + TAG + "']");
    }

    private static void invite(Page console) {
        console.navigate(portal.url("/operator/drivers"));
        console.locator("a[href='/operator/drivers/new']").first().click();
        console.locator("input[name=name]").fill("Grace Hopper");
        console.locator("input[name=email]").fill(EMAIL);
        console.locator("main button[type=submit]").click();
        assertThat(console.locator(".notice-success")).containsText("An invitation to Grace Hopper is on its way");
        assertThat(console.locator(".person-title .marks")).containsText("Invited");
        chromium.look(console, "onboarding-invited");
    }

    private static void join(Page hers) {
        hers.navigate(portal.url(MailServer.await(EMAIL, 1).path()));
        assertThat(hers.locator("h1")).hasText("Welcome");
        chromium.look(hers, "onboarding-welcome");
        hers.locator("input[name=password]").fill(PASSWORD);
        hers.keyboard().press("Enter");
        hers.waitForURL(portal.url("/"));
        hers.navigate(portal.url("/sessions"));
    }

    /** 0.30 per kWh up to 5 kWh, 0.50 above. */
    private static void makeAPlan(Page console) {
        console.navigate(portal.url("/operator/plans"));
        console.locator("main a[href='/operator/plans/new']").first().click();
        console.locator("[name=code]").fill("home");
        console.locator("[name=name]").fill("Home");
        console.locator("[name=upTo]").nth(0).fill("5");
        console.locator("[name=unitPrice]").nth(0).fill("0.30");
        console.locator("[name=unitPrice]").nth(1).fill("0.50");
        console.locator("[name=kwh]").fill("6");
        // 5 × 0.30 + 1 × 0.50
        assertThat(console.locator(".preview-sum")).hasText("6 kWh cost €2.00");
        console.locator(".form-foot button[type=submit]").click();
        assertThat(console.locator(".notice")).containsText("Plan saved");
    }

    private static void assignIt(Page console) {
        console.navigate(portal.url("/operator/drivers"));
        console.locator("a", new Page.LocatorOptions().setHasText("Grace Hopper"))
                .first()
                .click();
        console.locator("main a[href$='/subscriptions']").first().click();
        console.locator("[name=planCode]").selectOption("home");
        console.locator("[name=startedAt]").fill(local(48));
        console.locator("button", new Page.LocatorOptions().setHasText("Assign plan"))
                .click();
        assertThat(console.locator(".notice")).hasText("Plan assigned.");
    }

    /** Links the card from an hour before the session. */
    private static void link(Page console) {
        console.locator("input[name=driver]").fill(EMAIL);
        console.locator("input[name=label]").fill("Grey fob");
        console.locator("input[name=from]").fill(local(4));
        console.locator(".form-end button").click();
        assertThat(console.locator(".preview")).containsText("Assigned: 1 session with 6.00 kWh");
        chromium.look(console, "onboarding-link-preview");
        console.locator(".preview button[type=submit]").click();
        assertThat(console.locator(".notice-success")).containsText("1 session now belongs to its driver");
    }

    /** A local time in the operator's zone, in the format of a date-time field. */
    private static String local(int hoursAgo) {
        return LocalDateTime.ofInstant(hoursAgo(hoursAgo), operator.timeZone())
                .withSecond(0)
                .toString();
    }
}
