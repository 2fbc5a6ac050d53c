package express.polaris.journeys;

import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.sessions.ChargingSession;
import express.polaris.testing.Axe;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** A real browser and its own portal for a journey. */
final class JourneyBrowser implements AutoCloseable {

    static final LocatorAssertions.HasTextOptions PATIENTLY = new LocatorAssertions.HasTextOptions().setTimeout(30_000);
    static final PageAssertions.HasURLOptions PATIENT_ADDRESS = new PageAssertions.HasURLOptions().setTimeout(30_000);

    private static final int MOST_TABS = 60;

    final RunningPortal portal = new RunningPortal();
    private final ChromiumBrowser browser = new ChromiumBrowser();

    @Override
    public void close() {
        portal.close();
        browser.close();
    }

    /** A window signed in to this account. */
    Page signedIn(Account account, int width, ColorScheme scheme, boolean scripts) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setColorScheme(scheme)
                .setLocale("en")
                // Without scripts, Playwright cannot wait for an element that is still scrolling.
                .setReducedMotion(scripts ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
                .setJavaScriptEnabled(scripts));
        var page = context.newPage();
        page.onClose(closed -> context.close());
        page.navigate(portal.url("/sign-in"));
        page.locator("input[name=email]").fill(account.email());
        page.locator("input[name=password]").fill(RunningPortal.PASSWORD);
        page.locator("button[type=submit]").first().click();
        page.waitForURL(address -> !address.contains("/sign-in"));
        return page;
    }

    /** A session active in SteVe and known to the portal, with readings every two minutes for twenty minutes. */
    long charging(String chargeBox, String idTag, Instant start) {
        var world = portal.steve.world();
        long id = world.startTransaction(chargeBox, 1, idTag, start, 1000);
        for (int i = 1; i <= 10; i++) {
            var at = start.plus(Duration.ofMinutes(2L * i));
            // 300 Wh in 2 min is 9 kW; the last four readings add no energy
            world.addMeterValue(id, SimulatedMeterValue.energy(at, 1000 + 300L * Math.min(i, 6)));
            world.addMeterValue(id, SimulatedMeterValue.power(at, i <= 6 ? 9000 + 10L * i : 0));
        }
        until(id, session -> session.meter().power().isPresent());
        return id;
    }

    static Instant minutesAgo(int minutes) {
        return SessionSteps.minutesAgo(minutes);
    }

    ChargingSession until(long id, Predicate<ChargingSession> wanted) {
        return new SessionSteps(portal).until(id, wanted);
    }

    /** Presses Tab until the element has the focus, and fails if it never gets it. */
    static void tabTo(Page page, Locator target) {
        for (int i = 0; i < MOST_TABS; i++) {
            if ((boolean) target.evaluate("it => it === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The keyboard does not reach " + target);
    }

    /** Asserts no serious axe violation and takes a screenshot. Requires scripts in the page. */
    static void noGraveFaults(Page page, String name) {
        Axe.noGraveFaults(page, name);
        var excess = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(excess).as("%s is wider than the window", name).isLessThanOrEqualTo(0);
        picture(page, name);
    }
}
