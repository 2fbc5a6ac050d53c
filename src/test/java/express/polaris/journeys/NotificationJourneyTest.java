package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The end of a session is notified by mail, by the bell, and on its page. */
@BrowserTest
class NotificationJourneyTest {

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
    void aDriverIsNotifiedThatTheirSessionEnded() {
        var ada = portal.driver("Ada");
        var tag = portal.card(ada);
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(page, portal, ada);
            page.locator(".side a.bell").click();
            assertThat(page.locator(".empty h2")).hasText("No notifications");
            chromium.look(page, "notifications-empty-desktop-light");
            long id = charged(tag);
            var mail = MailServer.await(ada.email(), 1);
            // 1000 Wh at the start, 2000 Wh at the stop
            assertThat(mail.plain()).contains("Hello Ada", "1.00 kWh");
            assertThat(mail.html()).contains("1.00 kWh");
            page.navigate(portal.url("/sessions"));
            assertThat(page.locator(".side .bell-count")).hasText("1");
            page.locator(".side a.bell").click();
            assertThat(page.locator(".told-item")).hasCount(1);
            assertThat(page.locator(".told-item")).containsText("Your session has ended");
            chromium.look(page, "notifications-desktop-light");
            page.locator("form[action='/notifications/read'] button").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".told-new")).hasCount(0);
            assertThat(page.locator(".side .bell-count")).hasCount(0);
            page.setViewportSize(390, 844);
            chromium.look(page, "notifications-phone-light");
            page.locator(".told-item a").click();
            page.waitForURL("**/sessions/" + id);
            // the mail links to the same page
            assertThat(mail.path()).isEqualTo("/sessions/" + id);
        }
    }

    /** A session of 1 kWh, known to the portal from its start to its end. */
    private static long charged(String idTag) {
        var world = portal.steve.world();
        long id = world.startTransaction("BOX-" + idTag, 1, idTag, now(), 1000);
        world.addMeterValue(id, SimulatedMeterValue.energy(now(), 1000));
        new SessionSteps(portal).until(id, session -> true);
        world.stopTransaction(id, now(), 2000, Optional.of("EVDisconnected"), StopActor.STATION);
        portal.bean(SyncEngine.class).runNow();
        return id;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
