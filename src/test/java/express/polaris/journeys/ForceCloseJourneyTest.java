package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.PATIENT_ADDRESS;
import static express.polaris.journeys.JourneyBrowser.minutesAgo;
import static express.polaris.journeys.JourneyBrowser.noGraveFaults;
import static express.polaris.journeys.JourneyBrowser.tabTo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.Role;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionStatus;
import express.polaris.testing.BrowserTest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator force-closes a stuck session, examines its events and controls sync. */
@BrowserTest
class ForceCloseJourneyTest {

    private static JourneyBrowser journey;
    private static Account operator;

    @BeforeAll
    static void anOperator() {
        journey = new JourneyBrowser();
        var accounts = journey.portal.bean(AccountService.class);
        operator = accounts.changeRole(
                Optional.empty(), journey.portal.driver("Olga").id(), Role.OPERATOR);
    }

    @AfterAll
    static void close() {
        journey.close();
    }

    /** 1.800 kWh so far, the last reading more than four hours ago, and the charger is offline. */
    private static long stuck(String box, String tag) {
        journey.portal.steve.world().chargeBox(box).behaviour(ChargeBoxBehaviour.OFFLINE);
        return journey.charging(box, tag, minutesAgo(300));
    }

    @Test
    void aStuckSessionIsForceClosedAndCorrectedWhenTheStationsOwnStopArrives() {
        var ada = journey.portal.driver("Ada");
        long id = stuck("GARAGE-9", journey.portal.card(ada));
        journey.portal
                .bean(OperatorNotes.class)
                .aboutSession(ada.id(), id, "The cable was unplugged hours ago, and it still says charging.");
        try (var page = journey.signedIn(operator, 1280, ColorScheme.LIGHT, true)) {
            page.navigate(journey.portal.url("/operator/transactions"));
            page.locator(".presets .chip", new Page.LocatorOptions().setHasText("Stuck"))
                    .click();
            assertThat(page).hasURL(Pattern.compile(".*stuck=true.*"));
            noGraveFaults(page, "transactions-stuck-desktop-light");
            tabTo(page, page.locator("tr[data-key='" + id + "'] .row-link"));
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).hasText("Transaction #" + id);
            assertThat(page.locator("[data-part=status]")).containsText("Live: the transaction is open in SteVe.");
            assertThat(page.locator("[data-part=notes]")).containsText("unplugged hours ago");
            noGraveFaults(page, "transaction-stuck-desktop-light");

            page.locator(".tx-close").click();
            // 2.800 - 1.000, the register at the last reading minus the register at the start
            assertThat(page.locator("[data-part=preview]")).containsText("1.800 kWh");
            noGraveFaults(page, "force-close-desktop-light");
            page.locator("textarea[name=reason]").fill("Unplugged hours ago");
            page.locator(".btn-danger").click();
            assertThat(page).hasURL(Pattern.compile(".*done=closed-steve-unreachable"), PATIENT_ADDRESS);
            assertThat(page.locator(".notice")).containsText("The charger is offline, so SteVe closed");
            assertThat(page.locator(".title .status")).hasText("Completed");
            assertThat(page.locator("[data-part=facts]")).containsText("1.000 → 2.800");
            assertThat(page.locator("[data-part=facts]")).containsText("by hand in SteVe");
            assertThat(page.locator("[data-part=audit]")).containsText("Unplugged hours ago");
            noGraveFaults(page, "transaction-closed-desktop-light");

            journey.portal
                    .steve
                    .world()
                    .stopTransaction(id, minutesAgo(200), 3600, Optional.of("EVDisconnected"), StopActor.STATION);
            page.navigate(journey.portal.url("/operator/sync"));
            page.locator(".sync-run button").click();
            assertThat(page.locator(".notice")).containsText("Run started");
            // 3600 - 1000
            journey.until(
                    id,
                    session -> session.energy().wattHours().longValueExact() == 2600
                            && session.status() == SessionStatus.COMPLETED);
            page.navigate(journey.portal.url("/operator/transactions/" + id));
            assertThat(page.locator("[data-part=facts]")).containsText("1.000 → 3.600");
            assertThat(page.locator("[data-part=facts]")).containsText("2.600 kWh");
            assertThat(page.locator("[data-part=facts]")).containsText("by the station");
            assertThat(page.locator(".title .status")).hasText("Completed");
            noGraveFaults(page, "transaction-corrected-desktop-light");
        }
    }

    @Test
    void anUnknownTagIsLinkedFromTheListOnAPhoneInDarkMode() {
        long id = stuck("PARK-9", "STRAY-TAG");
        // An answer of SteVe from before the last read is ignored, so that no read takes the flags back.
        journey.portal.bean(JdbcClient.class).sql("""
            update transaction_sync_state
               set flags = '{implausible,meter_reset}', last_read_at = now() + interval '1 hour'
             where steve_transaction_id = ?
            """).param(id).update();
        try (var page = journey.signedIn(operator, 390, ColorScheme.DARK, true)) {
            page.navigate(journey.portal.url("/operator/transactions?linked=false&flag=implausible"));
            assertThat(page.locator("tr[data-key='" + id + "']")).containsText("STRAY-TAG");
            noGraveFaults(page, "transactions-phone-dark");
            page.locator("tr[data-key='" + id + "'] .row-link").click();
            assertThat(page.locator("[data-part=facts] a[href='/operator/cards/link?idTag=STRAY-TAG']"))
                    .isVisible();
            noGraveFaults(page, "transaction-phone-dark");
            page.locator(".tx-close").click();
            noGraveFaults(page, "force-close-phone-dark");
        }
    }

    @Test
    void syncIsPausedWithAReasonAndResumed() {
        try (var page = journey.signedIn(operator, 1280, ColorScheme.DARK, true)) {
            page.navigate(journey.portal.url("/operator/sync"));
            noGraveFaults(page, "sync-desktop-dark");
            page.locator(".sync-stop summary").click();
            page.locator(".sync-stop textarea").fill("SteVe is updated tonight");
            page.locator(".sync-stop .btn-danger").click();
            assertThat(page.locator("[data-part=pause]")).containsText("Paused by Olga");
            assertThat(page.locator("[data-part=pause]")).containsText("SteVe is updated tonight");
            noGraveFaults(page, "sync-paused-desktop-dark");
            page.locator("[data-part=pause] button").click();
            assertThat(page.locator(".notice")).containsText("Sync is resumed");
            page.locator("[data-part=runs] .row-link").first().click();
            assertThat(page.locator("h1")).containsText("Sync run #");
            noGraveFaults(page, "sync-run-desktop-dark");
        }
        try (var page = journey.signedIn(operator, 390, ColorScheme.LIGHT, true)) {
            page.navigate(journey.portal.url("/operator/sync"));
            noGraveFaults(page, "sync-phone-light");
        }
    }
}
