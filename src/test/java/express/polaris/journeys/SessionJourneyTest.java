package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.Axe;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A driver's session in a real browser, from sign-in to the end. */
@BrowserTest
class SessionJourneyTest {

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    private static final Duration SAMPLING = Duration.ofSeconds(2);

    private static ChromiumBrowser browser;
    private static RunningPortal portal;

    @BeforeAll
    static void start() {
        browser = new ChromiumBrowser();
        portal = new RunningPortal();
    }

    @AfterAll
    static void stop() {
        portal.close();
        browser.close();
    }

    @Test
    void aDriverWatchesASessionToItsEndWithoutReloading() {
        var ada = portal.driver("Ada");
        long id = charging(portal.card(ada), 11_000);
        try (var page = open(1280, ColorScheme.LIGHT, true)) {
            signIn(page, ada);
            page.locator("a[href='/sessions/" + id + "']").first().click();
            page.evaluate("window.loadedOnce = true");
            assertThat(page.locator("h1")).hasText("Session #" + id);
            assertThat(page.locator(".title .status")).hasText("In progress");
            var power = page.locator(".live [data-value=power]");
            assertThat(power).hasText("11.0", PATIENTLY);
            assertThat(page.locator("[data-connection=live]")).isVisible();
            noGraveFaults(page, "live");
            picture(page, "live-desktop-light");

            reading(id, 1260, 7_250);
            assertThat(power).hasText("7.25", PATIENTLY);
            reading(id, 1270, 3_400);
            assertThat(power).hasText("3.40", PATIENTLY);
            // 1000 Wh at the start, 1270 Wh now
            assertThat(page.locator(".live [data-value=energy]")).hasText("0.270", PATIENTLY);

            portal.steve.world().stopTransaction(id, now(), 1280, Optional.of("EVDisconnected"), StopActor.STATION);
            assertThat(page.locator(".title .status")).hasText("Completed", PATIENTLY);
            assertThat(page.locator(".tiles")).isVisible();
            assertThat(page.locator(".live")).hasCount(0);
            assertThat((boolean) page.evaluate("window.loadedOnce")).isTrue();
            // 1280 - 1000 Wh
            assertThat(page.locator(".tiles")).containsText("0.280");
            noGraveFaults(page, "completed");
            picture(page, "completed-desktop-light");
        }
    }

    @Test
    void thePageIsShownWhileSteveIsDown() {
        var ben = portal.driver("Ben");
        long id = charging(portal.card(ben), 22_000);
        try (var page = open(390, ColorScheme.DARK, true)) {
            signIn(page, ben);
            assertThat(page.locator("a[href='/sessions/" + id + "']").first()).isVisible();
            portal.steve.stop();
            try {
                page.navigate(portal.url("/sessions/" + id));
                assertThat(page.locator("h1")).hasText("Session #" + id);
                assertThat(page.locator(".live [data-value=power]")).hasText("22.0");
                assertThat(page.locator("tr[data-key='0']")).isVisible();
                noGraveFaults(page, "steve-down");
                picture(page, "steve-down-phone-dark");
            } finally {
                portal.steve.start();
            }
        }
    }

    @Test
    void thePageIsCompleteWithoutScripts() {
        var cleo = portal.driver("Cleo");
        long id = charging(portal.card(cleo), 7_400);
        try (var page = open(390, ColorScheme.LIGHT, false)) {
            signIn(page, cleo);
            page.navigate(portal.url("/sessions/" + id));
            assertThat(page.locator(".title .status")).hasText("In progress");
            assertThat(page.locator(".live [data-value=power]")).hasText("7.40");
            // 1000 Wh at the start, 1250 Wh at the last reading
            assertThat(page.locator(".live [data-value=energy]")).hasText("0.250");
            assertThat(page.locator("tr[data-key='0']")).isVisible();
            picture(page, "no-scripts-phone-light");
        }
    }

    @Test
    void aDriverFiltersTheirSessionsAndSignsOutOnAPhone() {
        var dora = portal.driver("Dora");
        long id = charging(portal.card(dora), 3_700);
        try (var page = open(390, ColorScheme.DARK, true)) {
            signIn(page, dora);
            page.navigate(portal.url("/sessions"));
            assertThat(page.locator("table.sessions tbody tr")).hasCount(1);
            page.navigate(portal.url("/sessions?status=completed"));
            assertThat(page.locator("table.sessions")).hasCount(0);
            page.navigate(portal.url("/sessions?status=in_progress"));
            assertThat(page.locator("a[href='/sessions/" + id + "']").first()).isVisible();
            noGraveFaults(page, "list");
            picture(page, "list-phone-dark");
            page.locator(".sheet > summary").click();
            page.locator(".sheet form[action='/sign-out'] button").click();
            assertThat(page.locator("input[name=password]")).isVisible();
            var answer = page.navigate(portal.url("/sessions/" + id));
            assertThat(answer.url()).endsWith("/sign-in");
        }
    }

    @Test
    void aDriverWithoutSessionsSeesWhatToDo() {
        var eve = portal.driver("Eve");
        try (var page = open(1280, ColorScheme.DARK, true)) {
            signIn(page, eve);
            page.navigate(portal.url("/sessions"));
            assertThat(page.locator(".empty h2")).hasText("No sessions yet");
            noGraveFaults(page, "empty");
            picture(page, "empty-desktop-dark");
            page.navigate(portal.url("/sessions/424242"));
            assertThat(page.locator("h1")).hasText("Not found");
            noGraveFaults(page, "not-found");
            picture(page, "not-found-desktop-dark");
        }
    }

    /** A session active in SteVe and known to the portal, with a reading every two seconds until now. */
    private static long charging(String idTag, long watts) {
        var start = now().minusSeconds(40);
        var world = portal.steve.world();
        long id = world.startTransaction("BOX-" + idTag, 1, idTag, start, 1000);
        for (int i = 1; i <= 10; i++) {
            var at = now().minus(SAMPLING.multipliedBy(10 - i));
            world.addMeterValue(id, SimulatedMeterValue.energy(at, 1000 + 25L * i));
            world.addMeterValue(id, SimulatedMeterValue.power(at, watts));
        }
        new SessionSteps(portal).until(id, session -> session.meter().power().isPresent());
        return id;
    }

    private static void reading(long id, long wattHours, long watts) {
        var at = now();
        portal.steve
                .world()
                .addMeterValues(
                        id, List.of(SimulatedMeterValue.energy(at, wattHours), SimulatedMeterValue.power(at, watts)));
    }

    private static Page open(int width, ColorScheme scheme, boolean scripts) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setColorScheme(scheme)
                .setLocale("en")
                // Without scripts, Playwright cannot wait for an element that is still scrolling.
                .setReducedMotion(scripts ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts));
        var page = context.newPage();
        page.onClose(closed -> context.close());
        return page;
    }

    private static void signIn(Page page, Account account) {
        page.navigate(portal.url("/"));
        page.locator("input[name=email]").fill(account.email());
        page.locator("input[name=password]").fill(RunningPortal.PASSWORD);
        page.locator("button[type=submit]").first().click();
        page.waitForURL(portal.url("/"));
    }

    private static void noGraveFaults(Page page, String name) {
        Axe.noGraveFaults(page, name);
        var excess = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(excess).as("%s is wider than the window", name).isLessThanOrEqualTo(0);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
