package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.SessionSteps.hoursAgo;
import static express.polaris.journeys.SessionSteps.minutesAgo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.Role;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.RunningPortal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator's overview. {@link AttentionJourneyTest} covers how each kind of finding is resolved. */
@BrowserTest
class OverviewJourneyTest {

    private static Chromium chromium;
    private static RunningPortal portal;
    private static SessionSteps charges;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = new RunningPortal();
        charges = new SessionSteps(portal);
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void newFindingsAppearAndMarkingThemAsSeenIsAudited() {
        var operator = operator(portal);
        var ada = portal.driver("Ada");
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(page, portal, operator);
            page.navigate(portal.url("/operator"));
            assertThat(page.locator(".calm h2")).hasText("Nothing to check yet");
            chromium.look(page, "overview-calm-desktop-light");

            long over = charges.completed("GARAGE-1", portal.card(ada), hoursAgo(3));
            portal.bean(OperatorNotes.class).aboutSession(ada.id(), over, "My car shows 7 kWh, not 6.");
            portal.bean(OperatorNotes.class).aboutSession(ada.id(), over, "And it took too long.");
            long guest = charges.read(charges.start("GARAGE-2", "GUEST-77", minutesAgo(30), 1000, 3000, 5000));
            page.reload();
            assertThat(page.locator("#attention-unpriced_sessions")).containsText("No plan yet");
            assertThat(page.locator("#attention-driver_note")).containsText("My car shows 7 kWh, not 6.");
            followsWithoutReload(page, guest);

            page.locator("#attention-driver_note .concern-all button").click();
            assertThat(page.locator(".notice")).containsText("Dismissed");
            assertThat(page.locator("#attention-driver_note")).hasCount(0);

            page.locator(".side a[href='/operator/audit']").click();
            page.locator("select[name=action]").selectOption("attention.seen");
            page.locator(".audit-filter button").click();
            assertThat(page.locator("#rows tr")).hasCount(2);
            assertThat(page.locator("#rows")).containsText("Dismissed");
            assertThat(page.locator("#rows")).containsText("Olga");
        }
    }

    private static void followsWithoutReload(Page page, long session) {
        var row = page.locator("#live-" + session).locator("xpath=ancestor::tr").locator("td[data-label=kWh]");
        assertThat(row).hasText("4.00"); // 5000 - 1000
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        portal.steve.world().addMeterValue(session, SimulatedMeterValue.energy(now, 6500));
        charges.lookAgain(session);
        assertThat(row).hasText("5.50", JourneyBrowser.PATIENTLY); // 6500 - 1000
    }

    @Test
    void healthExplainsThatSteveIsUnreachable() {
        try (var lonely = new RunningPortal();
                var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            var operator = operator(lonely);
            Chromium.signIn(page, lonely, operator);
            page.navigate(lonely.url("/operator/health"));
            assertThat(page.locator("#health-steve")).containsText("SteVe answers in");
            lonely.steve.close();
            page.locator("a[href='/operator/health']").last().click();
            assertThat(page.locator("#health-steve")).containsText("it cannot be reached");
            assertThat(page.locator("#health-steve")).containsText("POLARIS_STEVE_BASE_URL");
            chromium.look(page, "health-steve-away-desktop-light");
            page.setViewportSize(390, 844);
            chromium.look(page, "health-steve-away-phone-light");
        }
    }

    private static Account operator(RunningPortal where) {
        return where.bean(AccountService.class)
                .changeRole(Optional.empty(), where.driver("Olga").id(), Role.OPERATOR);
    }
}
