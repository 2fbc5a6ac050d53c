package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ChargingSession;
import express.polaris.testing.Axe;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A running portal and a real browser. */
final class JourneyKit implements AutoCloseable {

    private static final Duration SAMPLING = Duration.ofSeconds(2);
    private static final int MOST_TABS = 150;

    final RunningPortal portal = new RunningPortal();
    private final ChromiumBrowser browser = new ChromiumBrowser();

    @Override
    public void close() {
        portal.close();
        browser.close();
    }

    Page open(int width, ColorScheme scheme, boolean scripts) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setColorScheme(scheme)
                .setLocale("en")
                .setAcceptDownloads(true)
                // Without scripts, Playwright cannot wait for an element that is still scrolling.
                .setReducedMotion(scripts ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts));
        var page = context.newPage();
        page.onClose(closed -> context.close());
        return page;
    }

    void signIn(Page page, Account account) {
        page.navigate(portal.url("/"));
        page.locator("input[name=email]").fill(account.email());
        page.locator("input[name=password]").fill(RunningPortal.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(portal.url("/"));
    }

    /** Moves the focus to the element with the Tab key. */
    static void tabTo(Page page, String selector) {
        for (int i = 0; i < MOST_TABS; i++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("it => document.activeElement.matches(it)", selector)) {
                return;
            }
        }
        throw new AssertionError("No way to " + selector + " by the Tab key");
    }

    /** A session active in SteVe and known to the portal, with a reading every two seconds until now. */
    long charging(String idTag, long watts) {
        var world = portal.steve.world();
        long id = world.startTransaction("BOX-" + idTag, 1, idTag, now().minusSeconds(40), 1000);
        for (int i = 1; i <= 10; i++) {
            var at = now().minus(SAMPLING.multipliedBy(10 - i));
            world.addMeterValue(id, SimulatedMeterValue.energy(at, 1000 + 25L * i));
            world.addMeterValue(id, SimulatedMeterValue.power(at, watts));
        }
        until(id, session -> session.meter().power().isPresent());
        // Makes the energy that the journeys add within a second plausible.
        portal.bean(JdbcClient.class).sql("""
                    update connectors set max_kw = 1000
                     where charger_id = (select id from chargers where charge_box_id = ?)
                    """).param("BOX-" + idTag).update();
        return id;
    }

    void reading(long id, long wattHours, long watts) {
        var at = now();
        portal.steve
                .world()
                .addMeterValues(
                        id, List.of(SimulatedMeterValue.energy(at, wattHours), SimulatedMeterValue.power(at, watts)));
    }

    void end(long id, long wattHours) {
        portal.steve.world().stopTransaction(id, now(), wattHours, Optional.of("EVDisconnected"), StopActor.STATION);
    }

    void until(long id, Predicate<ChargingSession> wanted) {
        new SessionSteps(portal).until(id, wanted);
    }

    static void noGraveFaults(Page page, String name) {
        Axe.noGraveFaults(page, name);
        var excess = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(excess).as("%s is wider than the window", name).isLessThanOrEqualTo(0);
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
