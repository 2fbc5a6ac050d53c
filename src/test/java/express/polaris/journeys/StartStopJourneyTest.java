package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.PATIENTLY;
import static express.polaris.journeys.JourneyBrowser.PATIENT_ADDRESS;
import static express.polaris.journeys.JourneyBrowser.noGraveFaults;
import static express.polaris.journeys.JourneyBrowser.tabTo;
import static express.polaris.testing.ChromiumBrowser.picture;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.ChargerEdit;
import express.polaris.stations.chargers.ChargerService;
import express.polaris.testing.BrowserTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A session from choosing the charger to its end, with the keyboard alone. */
@BrowserTest
class StartStopJourneyTest {

    private static final JourneyBrowser JOURNEY = new JourneyBrowser();

    @AfterAll
    static void close() {
        JOURNEY.close();
    }

    @Test
    void aDriverStartsAndStopsASessionWithTheKeyboardAlone() {
        charger("GARAGE-1", "Garage left", "K7QX");
        var ada = JOURNEY.portal.driver("Ada");
        JOURNEY.portal.card(ada);
        try (var page = JOURNEY.signedIn(ada, 1280, ColorScheme.LIGHT, true)) {
            tabTo(page, page.locator(".side-nav a[href='/chargers']"));
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Chargers");
            assertThat(page.locator(".charger").first()).containsText("No active session seen");
            assertThat(page.locator(".charger").first())
                    .not()
                    .containsText(Pattern.compile("free", Pattern.CASE_INSENSITIVE));
            noGraveFaults(page, "chargers-desktop-light");

            tabTo(page, page.locator("a.row-link[href='/chargers/K7QX']"));
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Garage left");
            assertThat(page.locator(".start .price")).isVisible();
            noGraveFaults(page, "charger-desktop-light");
            tabTo(page, page.locator("input[name=connectorId]:checked"));
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("input[name=connectorId][value='2']")).isChecked();
            tabTo(page, page.locator(".btn-start"));
            page.keyboard().press("Enter");

            // The outcome redirects to the session as soon as SteVe has it.
            assertThat(page).hasURL(Pattern.compile(".*/sessions/\\d+$"), PATIENT_ADDRESS);
            assertThat(page.locator(".title .status")).hasText("In progress");
            assertThat(page.locator(".strip, .facts").first()).containsText("Garage left");

            tabTo(page, page.locator(".confirm > summary"));
            page.keyboard().press("Enter");
            tabTo(page, page.locator(".confirm .btn-danger"));
            page.keyboard().press("Enter");
            assertThat(page.locator(".notice")).containsText("accepted the stop");
            assertThat(page.locator(".title .status")).hasText("Completed", PATIENTLY);
            assertThat(page.locator("[data-part=facts]")).containsText("Ended remotely");
        }
    }

    @Test
    void theChargersAnswerIsShownAndTheStartCanBeRetried() {
        charger("PARK-1", "Fast charger", "PX1");
        var box = JOURNEY.portal.steve.world().chargeBox("PARK-1").behaviour(ChargeBoxBehaviour.OFFLINE);
        var ben = JOURNEY.portal.driver("Ben");
        JOURNEY.portal.card(ben);
        try (var page = JOURNEY.signedIn(ben, 390, ColorScheme.DARK, true)) {
            page.navigate(JOURNEY.portal.url("/chargers/px1"));
            page.locator(".btn-start").click();
            assertThat(page.locator(".phase h2")).hasText("The charger is offline", PATIENTLY);
            noGraveFaults(page, "start-offline-phone-dark");
            page.locator(".phase a", new com.microsoft.playwright.Page.LocatorOptions().setHasText("Try again"))
                    .click();
            box.behaviour(ChargeBoxBehaviour.REJECTS);
            page.locator("input[name=connectorId][value='2']").check();
            page.locator(".btn-start").click();
            assertThat(page.locator(".phase h2")).hasText("The charger refused", PATIENTLY);
        }
    }

    @Test
    void thePageExplainsWhereToLookWithoutScripts() {
        charger("PARK-2", "Slow charger", "PX2");
        var cleo = JOURNEY.portal.driver("Cleo");
        JOURNEY.portal.card(cleo);
        try (var page = JOURNEY.signedIn(cleo, 390, ColorScheme.LIGHT, false)) {
            page.navigate(JOURNEY.portal.url("/chargers/PX2"));
            picture(page, "charger-phone-light");
            page.locator(".btn-start").click();
            assertThat(page.locator(".phase")).isVisible();
            assertThat(page.locator(".phase a[href='/sessions?status=in_progress']"))
                    .isVisible();
            picture(page, "start-phone-light");
            org.awaitility.Awaitility.await()
                    .pollInSameThread() // Playwright is confined to one thread
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> {
                        var again = page.locator(".phase-do a").first();
                        if (page.url().contains("/starts/")) {
                            again.click();
                        }
                        return page.url().contains("/sessions/");
                    });
            assertThat(page.locator("h1")).containsText("Session #");
        }
    }

    /** A station with two connectors that is connected to SteVe. */
    private static void charger(String id, String name, String publicId) {
        JOURNEY.portal.steve.world().chargeBox(id);
        JOURNEY.portal
                .bean(ChargerService.class)
                .put(
                        new ChargeBoxId(id),
                        new ChargerEdit(
                                name, Optional.of(publicId), "Harbour Street 4", List.of(connector(1), connector(2))));
    }

    private static ChargerEdit.ConnectorEdit connector(int id) {
        return new ChargerEdit.ConnectorEdit(id, Optional.of("type2"), Optional.of(new BigDecimal("22")));
    }
}
