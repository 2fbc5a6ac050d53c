package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyKit.noGraveFaults;
import static express.polaris.journeys.JourneyKit.tabTo;
import static express.polaris.testing.ChromiumBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import express.polaris.accounts.Account;
import express.polaris.testing.BrowserTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A driver searches a long session list by keyboard and downloads the result. */
@BrowserTest
class SessionListJourneyTest {

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(20_000);

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
    void theListIsFilteredPagedAndDownloadedByKeyboard() throws IOException {
        var ada = kit.portal.driver("Ada");
        completed(ada, 60);
        long live = kit.charging(kit.portal.card(ada), 11_000);
        kit.until(live, session -> session.energy().wattHours().intValue() == 250);
        try (var page = kit.open(1280, ColorScheme.LIGHT, true)) {
            kit.signIn(page, ada);
            tabTo(page, ".side-nav a[href='/sessions']");
            page.keyboard().press("Enter");
            page.waitForURL("**/sessions");
            assertThat(page.locator("#rows > tr")).hasCount(50);
            // 60 × 12 kWh and 0.25 kWh
            assertThat(page.locator("[data-part=sums]")).containsText("61 sessions");
            assertThat(page.locator("[data-part=sums]")).containsText("720.25 kWh");
            noGraveFaults(page, "list");
            picture(page, "sessions-desktop-light");

            tabTo(page, "#more a");
            // A new session on top must not repeat a row on the next page.
            long newer = kit.charging(kit.portal.card(ada), 3_700);
            assertThat(page.locator("#rows > tr[data-key='" + newer + "']"))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
            if (!(boolean) page.evaluate("document.activeElement.matches('#more a')")) {
                tabTo(page, "#more a");
            }
            page.keyboard().press("Enter");
            assertThat(page.locator("#rows > tr")).hasCount(62);
            var keys = page.locator("#rows > tr").evaluateAll("rows => new Set(rows.map(it => it.dataset.key)).size");
            assertThat(keys).isEqualTo(62);

            page.locator("#main").focus();
            tabTo(page, ".segments a[href*='status=completed']");
            page.keyboard().press("Enter");
            page.waitForURL("**/sessions?status=completed");
            assertThat(page.locator("[data-part=sums]")).containsText("60 sessions");
            tabTo(page, ".filter > summary");
            page.keyboard().press("Enter");
            tabTo(page, "select[name=chargeBoxId]");
            page.keyboard().type("KEYS-1");
            tabTo(page, ".filter-body button");
            page.keyboard().press("Enter");
            page.waitForURL("**chargeBoxId=KEYS-1**");
            assertThat(page.locator("#rows > tr")).hasCount(20);
            assertThat(page.url()).contains("status=completed");
            picture(page, "sessions-filtered-desktop-light");
            var file = page.waitForDownload(() -> page.locator("a[download]").press("Enter"));
            assertThat(Files.readAllLines(file.path())).hasSize(1 + 20);
        }
    }

    @Test
    void aPhoneShowsRowsAsCardsWhoseNumbersUpdate() {
        var ben = kit.portal.driver("Ben");
        completed(ben, 5);
        long live = kit.charging(kit.portal.card(ben), 11_000);
        try (var page = kit.open(390, ColorScheme.DARK, true)) {
            kit.signIn(page, ben);
            page.navigate(kit.portal.url("/sessions"));
            noGraveFaults(page, "list on a phone");
            picture(page, "sessions-phone-dark");
            kit.reading(live, 1_900, 3_400);
            assertThat(page.locator("#rows > tr[data-key='" + live + "'] [data-value=energy]"))
                    .hasText("0.90", PATIENTLY);
            assertThat(page.locator("[data-charge='" + live + "'] [data-value=power]"))
                    .hasText("3.40", PATIENTLY);
        }
    }

    @Test
    void theStatementIsPrintedOnWhitePaper() {
        var cleo = kit.portal.driver("Cleo");
        completed(cleo, 9);
        try (var page = kit.open(1280, ColorScheme.DARK, true)) {
            kit.signIn(page, cleo);
            page.navigate(kit.portal.url("/sessions/statement"));
            assertThat(page.locator("h1")).containsText("Overview of");
            assertThat(page.locator("[data-print]")).isVisible();
            noGraveFaults(page, "statement");
            picture(page, "statement-desktop-dark");
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator(".side")).isHidden();
            assertThat(page.locator("[data-print]")).isHidden();
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))
                    .isEqualTo("rgb(0, 0, 0)");
            picture(page, "statement-print");
        }
    }

    /** Sessions of 12 kWh each at three chargers, the latest an hour ago; SteVe need not know them. */
    private static void completed(Account driver, int count) {
        var jdbc = kit.portal.bean(JdbcClient.class);
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
                   steve_stopped_at, stop_value_wh, is_finalized, finalized_at, energy_wh, last_read_at, updated_at)
            select 900000000 + :driver * 1000 + n, 'KEYS-' || n % 3, 1, 'KEYTAG', :driver, start, start, start, 0,
                   start + interval '10 minutes', start + interval '10 minutes', 12000, true, start, 12000, start, start
              from (select n, now() - interval '30 minutes' * n - interval '1 hour' as start
                      from generate_series(1, :count) n) started
            """).param("driver", driver.id().value()).param("count", count).update();
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
            select steve_transaction_id, 0, started_at, stopped_at, 0, 12000, 12, '{}', true, stopped_at
              from transaction_sync_state where ocpp_id_tag = 'KEYTAG' and driver_id = :driver
            """).param("driver", driver.id().value()).update();
    }
}
