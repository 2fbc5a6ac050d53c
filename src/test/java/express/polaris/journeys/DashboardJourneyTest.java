package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyKit.noGraveFaults;
import static express.polaris.journeys.JourneyKit.tabTo;
import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.testing.BrowserTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A driver's dashboard, and the banner on every page while a session is live. */
@BrowserTest
class DashboardJourneyTest {

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    private static final LocatorAssertions.HasCountOptions IN_TIME =
            new LocatorAssertions.HasCountOptions().setTimeout(20_000);

    private static JourneyKit kit;

    @BeforeAll
    static void start() {
        kit = new JourneyKit();
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    @Test
    void tilesUpdateAndDisappearWithoutReloadAndWorkByKeyboard() {
        var ada = kit.portal.driver("Ada");
        long one = kit.charging(kit.portal.card(ada), 11_000);
        long other = kit.charging(kit.portal.card(ada), 22_000);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, ada);
            page.evaluate("window.loadedOnce = true");
            assertThat(page.locator("article.charge")).hasCount(2);
            assertThat(page.locator(charge(one, "power"))).hasText("11.0", PATIENTLY);
            noGraveFaults(page, "dashboard");
            picture(page, "dashboard-desktop-light");

            kit.reading(one, 1_750, 7_250);
            assertThat(page.locator(charge(one, "power"))).hasText("7.25", PATIENTLY);
            assertThat(page.locator(charge(one, "energy"))).hasText("0.75", PATIENTLY); // 1750 - 1000 Wh
            assertThat(page.locator(charge(other, "power"))).hasText("22.0");
            // Both together: 0.75 kWh and (10 × 25 Wh) 0.25 kWh
            assertThat(page.locator(".period-facts dd").first()).hasText("1.00 kWh", PATIENTLY);

            kit.end(other, 1_500);
            assertThat(page.locator("article.charge")).hasCount(1, IN_TIME);
            assertThat((boolean) page.evaluate("window.loadedOnce")).isTrue();

            tabTo(page, "article.charge a");
            page.keyboard().press("Enter");
            page.waitForURL("**/sessions/" + one);
            assertThat(page.locator("h1")).hasText("Session #" + one);
        }
    }

    @Test
    void theBannerIsOnEveryPageAndUpdatesUntilTheSessionEnds() {
        var ben = kit.portal.driver("Ben");
        long id = kit.charging(kit.portal.card(ben), 11_000);
        try (var page = kit.open(390, ColorScheme.DARK, true)) {
            kit.signIn(page, ben);
            picture(page, "dashboard-phone-dark");
            noGraveFaults(page, "dashboard on a phone");
            page.navigate(kit.portal.url("/invoices"));
            var power = page.locator("[data-charge='" + id + "'] [data-value=power]");
            assertThat(power).hasText("11.0", PATIENTLY);
            noGraveFaults(page, "banner");
            picture(page, "banner-phone-dark");
            kit.reading(id, 1_900, 3_400);
            assertThat(power).hasText("3.40", PATIENTLY);
            assertThat(page.locator("[data-charge='" + id + "'] [data-value=energy]"))
                    .hasText("0.90"); // 1900 - 1000
            kit.end(id, 2_000);
            assertThat(page.locator("[data-charge]")).hasCount(0, IN_TIME);
        }
    }

    @Test
    void aNewSessionAppearsOnTheOpenPage() {
        var cleo = kit.portal.driver("Cleo");
        var card = kit.portal.card(cleo);
        try (var page = kit.open(1280, ColorScheme.DARK, true)) {
            kit.signIn(page, cleo);
            assertThat(page.locator(".welcome h2")).hasText("No sessions yet");
            noGraveFaults(page, "new driver");
            picture(page, "dashboard-new-desktop-dark");
            long id = kit.charging(card, 7_400);
            assertThat(page.locator(charge(id, "power"))).hasText("7.40", PATIENTLY);
        }
    }

    @Test
    void theDashboardAndTheBannerAreCompleteWithoutScripts() {
        var dora = kit.portal.driver("Dora");
        long id = kit.charging(kit.portal.card(dora), 3_700);
        kit.until(id, session -> session.energy().wattHours().intValue() == 250);
        try (var page = kit.open(390, ColorScheme.LIGHT, false)) {
            kit.signIn(page, dora);
            assertThat(page.locator(charge(id, "power"))).hasText("3.70");
            assertThat(page.locator(charge(id, "energy"))).hasText("0.25");
            assertThat(page.locator(".bars .bar-now")).hasCount(1);
            page.navigate(kit.portal.url("/sessions"));
            assertThat(page.locator("[data-charge='" + id + "']")).containsText("3.70 kW");
        }
    }

    @Test
    void theFirstLoadOfEachPageStaysSmall() {
        var eve = kit.portal.driver("Eve");
        kit.charging(kit.portal.card(eve), 3_700);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, eve);
            for (var path : new String[] {"/", "/sessions", "/sessions/statement", "/invoices"}) {
                page.navigate(kit.portal.url(path));
                var bytes = (int) page.evaluate("""
                    () => [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
                        .filter(it => !it.name.endsWith('/stream'))
                        .reduce((sum, it) => sum + it.encodedBodySize, 0)
                    """);
                assertThat(bytes).as(path).isBetween(10_000, 250_000);
            }
        }
    }

    private static String charge(long id, String value) {
        return "article[data-key='" + id + "'] [data-value=" + value + "]";
    }
}
