package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyKit.noGraveFaults;
import static express.polaris.journeys.JourneyKit.tabTo;
import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.testing.BrowserTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Open pages stay up to date, and a session can be stopped from every page that shows it. */
@BrowserTest
class LivePagesJourneyTest {

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(30_000);
    private static final LocatorAssertions.HasCountOptions IN_TIME =
            new LocatorAssertions.HasCountOptions().setTimeout(30_000);

    private static JourneyKit kit;

    @BeforeAll
    static void start() {
        kit = new JourneyKit();
    }

    @AfterAll
    static void stop() {
        kit.close();
    }

    /** Fails if a page opened before the session never shows it. */
    @Test
    void theBannerAppearsOnAnOpenPageAndStopsItsSessionByKeyboard() {
        var ada = kit.portal.driver("Ada");
        var card = kit.portal.card(ada);
        try (var page = kit.open(390, ColorScheme.LIGHT, true)) {
            kit.signIn(page, ada);
            // The page after sign-in has its own stream, which may open late.
            page.navigate("about:blank");
            var streams = streamsOf(page);
            page.navigate(kit.portal.url("/cards"));
            page.evaluate("window.loadedOnce = true");
            assertThat(page.locator("[data-charge]")).hasCount(0);

            long id = kit.charging(card, 11_000);

            assertThat(page.locator("[data-charge='" + id + "'] [data-value=power]"))
                    .hasText("11.0", PATIENTLY);
            assertThat((boolean) page.evaluate("window.loadedOnce")).isTrue();
            assertThat(streams).hasSize(1);
            noGraveFaults(page, "banner with stop");
            picture(page, "banner-stop-phone-light");
            tabTo(page, "[data-charge='" + id + "'] .confirm > summary");
            page.keyboard().press("Enter");
            picture(page, "banner-stop-asked-phone-light");
            tabTo(page, "[data-charge='" + id + "'] .btn-danger");
            page.keyboard().press("Enter");
            page.waitForURL("**/cards?stop=accepted");
            assertThat(page.locator(".notice")).containsText("accepted the stop");
            assertThat(page.locator("[data-charge]")).hasCount(0, IN_TIME);
        }
    }

    /** Fails if the banner shows what it was fetched with although the stream has said more since. */
    @Test
    void theBannerShowsAReadingThatComesWhileItIsBeingFetched() {
        var uma = kit.portal.driver("Uma");
        var card = kit.portal.card(uma);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, uma);
            page.navigate(kit.portal.url("/cards"));
            var held = holdTheBanner(page);

            long id = kit.charging(card, 11_000);
            page.waitForCondition(() -> !held.isEmpty());
            kit.reading(id, 1300, 22_000);
            page.waitForCondition(() -> (boolean) page.evaluate("window.heard.some(it => Number(it.powerKw) === 22)"));
            held.getFirst().run();

            assertThat(page.locator("[data-charge='" + id + "'] [data-value=power]"))
                    .hasText("22.0", PATIENTLY);
        }
    }

    /** Fails if the banner goes on to show a session that ended before it came. */
    @Test
    void theBannerLeavesOutASessionThatEndsWhileItIsBeingFetched() {
        var vera = kit.portal.driver("Vera");
        var card = kit.portal.card(vera);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, vera);
            page.navigate(kit.portal.url("/cards"));
            var held = holdTheBanner(page);

            long id = kit.charging(card, 11_000);
            page.waitForCondition(() -> !held.isEmpty());
            kit.end(id, 1300);
            page.waitForCondition(() -> (boolean) page.evaluate("window.heard.some(it => it.isLive === false)"));
            long next = kit.charging(kit.portal.card(vera), 7_400);
            held.getFirst().run();

            assertThat(page.locator("[data-charge='" + next + "']")).hasCount(1, IN_TIME);
            assertThat(page.locator("[data-charge='" + id + "']")).hasCount(0);
        }
    }

    /** Holds the first answer with the page's banner back, and keeps in {@code window.heard} what the stream says. */
    private static List<Runnable> holdTheBanner(Page page) {
        var isFetched = new AtomicBoolean();
        var held = new ArrayList<Runnable>();
        page.route("**/charging?*", route -> {
            if (isFetched.compareAndSet(false, true)) {
                var answer = route.fetch();
                held.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
            } else {
                route.resume();
            }
        });
        page.evaluate("""
                window.heard = [];
                const hear = data => window.heard.push(data);
                import(new URL('./stream.js', document.querySelector('script[src*="charging"]').src))
                    .then(it => it.listen({ meter: hear, session: hear }))
                """);
        return held;
    }

    @Test
    void aSessionIsStoppedFromTheDashboardWithAndWithoutScripts() {
        var ben = kit.portal.driver("Ben");
        for (boolean scripts : new boolean[] {true, false}) {
            long id = kit.charging(kit.portal.card(ben), 7_400);
            try (var page = kit.open(1280, ColorScheme.DARK, scripts)) {
                kit.signIn(page, ben);
                var tile = page.locator("article[data-key='" + id + "']");
                tile.locator(".confirm > summary").click();
                picture(page, "dashboard-stop-desktop-dark");
                tile.locator(".btn-danger").click();
                page.waitForURL("**/?stop=accepted");
                assertThat(page.locator(".notice")).containsText("accepted the stop");
                if (scripts) {
                    assertThat(tile).hasCount(0, IN_TIME);
                }
            }
        }
    }

    /** Fails if an open page shows a session for ever that it could not open. */
    @Test
    void aSessionThatAnOperatorGivesToAnotherDriverLeavesTheOpenPages() {
        var eve = kit.portal.driver("Eve");
        var fay = kit.portal.driver("Fay");
        long id = kit.charging(kit.portal.card(eve), 7_400);
        try (var dashboard = kit.open(1280, ColorScheme.LIGHT, true);
                var list = kit.open(390, ColorScheme.LIGHT, true);
                var session = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(dashboard, eve);
            kit.signIn(list, eve);
            list.navigate(kit.portal.url("/sessions"));
            kit.signIn(session, eve);
            session.navigate(kit.portal.url("/sessions/" + id));
            assertThat(dashboard.locator("article[data-key='" + id + "']")).hasCount(1);
            assertThat(list.locator("#rows > [data-key='" + id + "']")).hasCount(1);
            assertThat(session.locator(".conn[data-connection=live]")).hasCount(1, IN_TIME);

            kit.portal
                    .bean(JdbcClient.class)
                    .sql("""
                        update transaction_sync_state set driver_id = ?, ev_card_id = null, revision = revision + 1
                         where steve_transaction_id = ?
                        """)
                    .params(fay.id().value(), id)
                    .update();

            assertThat(dashboard.locator("article[data-key='" + id + "']")).hasCount(0, IN_TIME);
            assertThat(list.locator("#rows > [data-key='" + id + "']")).hasCount(0, IN_TIME);
            assertThat(session.locator(".live")).hasCount(0, IN_TIME);
        }
    }

    @Test
    void openListsFollowTheirFilterAndShowTheVeryFirstSession() {
        var cleo = kit.portal.driver("Cleo");
        var card = kit.portal.card(cleo);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true);
                var all = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, cleo);
            page.navigate(kit.portal.url("/sessions?status=in_progress"));
            page.evaluate("window.loadedOnce = true");
            assertThat(page.locator(".empty")).isVisible();
            kit.signIn(all, cleo);
            all.navigate(kit.portal.url("/sessions"));
            all.evaluate("window.loadedOnce = true");
            assertThat(all.locator(".empty h2")).hasText("No sessions yet");

            long id = kit.charging(card, 11_000);

            for (var open : List.of(page, all)) {
                assertThat(open.locator("#rows > tr[data-key='" + id + "']")).hasCount(1, IN_TIME);
                assertThat(open.locator(".empty")).hasCount(0);
                assertThat(open.locator("[data-part=sums]")).containsText("1 session");
            }
            assertThat(all.locator(".segments")).isVisible();

            kit.end(id, 1_500);

            assertThat(page.locator("#rows > tr")).hasCount(0, IN_TIME);
            assertThat(page.locator(".empty")).isVisible();
            assertThat(all.locator("#rows > tr .status")).hasText("Completed", PATIENTLY);
            for (var open : List.of(page, all)) {
                assertThat((boolean) open.evaluate("window.loadedOnce")).isTrue();
            }
        }
    }

    @Test
    void anOpenDashboardKeepsFiveRowsAndALongListKeepsItsLoadedRows() {
        var dora = kit.portal.driver("Dora");
        completed(dora, 60);
        var card = kit.portal.card(dora);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true);
                var list = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, dora);
            assertThat(page.locator("[data-part=recent] #rows > tr")).hasCount(5);
            kit.signIn(list, dora);
            list.navigate(kit.portal.url("/sessions"));
            list.locator("#more a").click();
            assertThat(list.locator("#rows > tr")).hasCount(60);

            long id = kit.charging(card, 11_000);

            assertThat(page.locator("[data-part=recent] #rows > tr[data-key='" + id + "']"))
                    .hasCount(1, IN_TIME);
            assertThat(page.locator("[data-part=recent] #rows > tr")).hasCount(5);
            assertThat(list.locator("#rows > tr[data-key='" + id + "']")).hasCount(1, IN_TIME);
            assertThat(list.locator("#rows > tr")).hasCount(61);
        }
    }

    @Test
    void theRangeUpdatesWithTheEnergy() {
        var eve = kit.portal.driver("Eve");
        kit.portal.bean(AccountService.class).chooseUnits(eve.id(), "mi", "15");
        long id = kit.charging(kit.portal.card(eve), 11_000);
        kit.until(id, session -> session.energy().wattHours().intValue() == 250);
        try (var page = kit.open(390, ColorScheme.LIGHT, true);
                var dashboard = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, eve);
            page.navigate(kit.portal.url("/sessions/" + id));
            kit.signIn(dashboard, eve);
            for (var open : List.of(page, dashboard)) {
                assertThat(open.locator("[data-value=range]")).hasText("≈ 4 mi"); // 0.25 × 15 = 3.75
            }
            picture(dashboard, "range-desktop-light");
            kit.reading(id, 1_900, 3_400);
            for (var open : List.of(page, dashboard)) {
                assertThat(open.locator("[data-value=range]")).hasText("≈ 14 mi", PATIENTLY); // 0.9 × 15 = 13.5
            }
            picture(page, "range-phone-light");
            kit.end(id, 2_000);
            assertThat(page.locator(".tiles .range")).hasText("≈ 15 mi", PATIENTLY); // 1 × 15
        }
    }

    private static List<String> streamsOf(Page page) {
        var streams = new ArrayList<String>();
        page.onRequest(request -> {
            if (request.url().endsWith("/stream")) {
                streams.add(request.url());
            }
        });
        return streams;
    }

    /** Sessions of 12 kWh each, the latest an hour ago; SteVe need not know them. */
    private static void completed(Account driver, int count) {
        var jdbc = kit.portal.bean(JdbcClient.class);
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
                   steve_stopped_at, stop_value_wh, is_finalized, finalized_at, energy_wh, last_read_at, updated_at)
            select 900000000 + :driver * 1000 + n, 'OLD', 1, 'OLDTAG', :driver, start, start, start, 0,
                   start + interval '10 minutes', start + interval '10 minutes', 12000, true, start, 12000, start, start
              from (select n, now() - interval '30 minutes' * n - interval '1 hour' as start
                      from generate_series(1, :count) n) started
            """).param("driver", driver.id().value()).param("count", count).update();
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
            select steve_transaction_id, 0, started_at, stopped_at, 0, 12000, 12, '{}', true, stopped_at
              from transaction_sync_state where ocpp_id_tag = 'OLDTAG' and driver_id = :driver
            """).param("driver", driver.id().value()).update();
    }
}
