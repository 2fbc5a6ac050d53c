package express.polaris.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.portal.sessions.SessionFixtures;
import express.polaris.testing.Axe;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.ChromiumBrowser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@BrowserTest
class PagesInBrowserTest {

    private static final int WIRE_LIMIT = 250_000;
    private static ChromiumBrowser browser;

    @BeforeAll
    static void start() {
        browser = new ChromiumBrowser();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @Test
    void everyPageIsAccessibleWithoutBrowserErrors() throws IOException {
        var complaints = new ArrayList<String>();
        try (var server = new GalleryServer();
                var desktop = PagesGallery.open(browser, 1280, ColorScheme.LIGHT);
                var phone = PagesGallery.open(browser, 390, ColorScheme.DARK)) {
            var names = List.copyOf(PageFixtures.all().keySet());
            for (var page : List.of(desktop, phone)) {
                // A violation of the content security policy appears as a console message.
                page.onConsoleMessage(message -> {
                    if (message.type().equals("error")) {
                        complaints.add(page.url() + ": " + message.text());
                    }
                });
                page.onPageError(error -> complaints.add(page.url() + ": " + error));
                for (var name : names) {
                    page.navigate(server.url(name));
                    // The axe rules take about a second per page, so each page is checked in only one of the two
                    // windows.
                    if ((names.indexOf(name) % 2 == 0) == page.equals(desktop)) {
                        Axe.graveFaults(page).forEach(fault -> complaints.add(name + ": " + fault));
                    }
                    var excess = page.evaluate("document.documentElement.scrollWidth - innerWidth");
                    if ((int) excess > 0) {
                        complaints.add(name + " is " + excess + " px wider than the window");
                    }
                }
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void aFirstVisitStaysWithinTheSizeLimit() throws IOException {
        var wire = new ConcurrentHashMap<String, Integer>();
        var hosts = new TreeSet<String>();
        try (var server = new GalleryServer();
                var page = PagesGallery.open(browser, 1280, ColorScheme.LIGHT)) {
            page.onRequest(request -> hosts.add(request.url().replaceFirst("^(\\w+://[^:/]+).*", "$1")));
            page.onRequestFinished(request -> {
                if (!request.url().contains("/stream")) {
                    wire.put(request.url(), compressed(request.response().body()));
                }
            });
            page.navigate(server.url("session-charging"));
            assertThat(page.locator("[data-connection=live]")).isVisible();
        }
        assertThat(hosts).containsExactly("http://localhost");
        assertThat(wire.values().stream().mapToInt(Integer::intValue).sum())
                .as("%s", wire)
                .isLessThan(WIRE_LIMIT);
    }

    @Test
    void aLivePageFollowsTheSessionToItsEnd() throws IOException {
        try (var server = new GalleryServer();
                var page = PagesGallery.open(browser, 1280, ColorScheme.LIGHT)) {
            page.navigate(server.url("session-charging") + "?stop=accepted");
            page.evaluate("window.loadedOnce = true");
            page.evaluate("main.insertAdjacentHTML('afterbegin', '<div class=\"notice\">Accepted</div>')");
            assertThat(page.locator("[data-connection=live]")).isVisible();

            var elapsed = page.locator("[data-value=elapsed]");
            var before = elapsed.innerText();
            assertThat(elapsed).not().hasText(before); // the clock ticks

            server.refusePages(true); // so that the numbers can come only from the event
            server.send("meter", """
                {"id":4711,"item":null,"energyKwh":"7.512000","powerKw":"3.250","soc":84,\
                "cost":{"amount":"2.405","currency":"EUR","coverage":"billed","estimate":true},\
                "lastReadingAt":"2026-10-05T15:48:11Z"}\
                """);
            assertThat(page.locator(".live [data-value=energy]")).hasText("7.512");
            assertThat(page.locator(".live [data-value=power]")).hasText("3.25");
            assertThat(page.locator(".live [data-value=cost]")).hasText("€2.41");

            server.refusePages(false);
            server.show(
                    "session-charging",
                    new PageFixtures.Sample(
                            "sessions/session.jte", SessionFixtures.completed(PageFixtures.driver(Locale.ENGLISH))));
            server.send("session", "{\"id\":4711,\"status\":\"completed\",\"isLive\":false,\"energyKwh\":\"7.9\"}");
            assertThat(page.locator(".tiles")).isVisible();
            assertThat(page.locator(".live")).hasCount(0);
            assertThat(page.locator(".title .status")).hasText("Completed");
            assertThat(page.locator(".notice")).hasCount(0);
            assertThat(page.url()).isEqualTo(server.url("session-charging"));
            assertThat(page.locator("tr[data-key='91']")).isVisible(); // the reading that was missing before
            assertThat((boolean) page.evaluate("window.loadedOnce")).isTrue(); // and no reload
        }
    }

    /** Fails if a page shows its live card forever after its single load at the end fails. */
    @Test
    void aPageRetriesAfterAFailedLoadAtTheEndOfItsSession() throws IOException {
        try (var server = new GalleryServer();
                var page = PagesGallery.open(browser, 1280, ColorScheme.LIGHT)) {
            page.navigate(server.url("session-charging"));
            page.evaluate("window.loadedOnce = true");
            assertThat(page.locator("[data-connection=live]")).isVisible();
            server.show(
                    "session-charging",
                    new PageFixtures.Sample(
                            "sessions/session.jte", SessionFixtures.completed(PageFixtures.driver(Locale.ENGLISH))));
            server.refusePages(true);
            page.waitForResponse(
                    response -> response.status() == 503,
                    () -> server.send("session", "{\"id\":4711,\"status\":\"completed\",\"isLive\":false}"));
            assertThat(page.locator(".live")).hasCount(1);

            server.refusePages(false);

            assertThat(page.locator(".title .status")).hasText("Completed");
            assertThat(page.locator(".live")).hasCount(0);
            assertThat((boolean) page.evaluate("window.loadedOnce")).isTrue();
        }
    }

    @Test
    void thePageIsCompleteWithoutJavaScript() throws IOException {
        try (var server = new GalleryServer();
                var context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            var page = context.newPage();
            page.navigate(server.url("session-charging"));
            assertThat(page.locator(".live [data-value=elapsed]")).hasText("0:45:42"); // 91 × 30 s + 12 s
            assertThat(page.locator(".line-power")).hasAttribute("d", java.util.regex.Pattern.compile("^M.+"));
            page.locator(".confirm > summary").click();
            assertThat(page.locator(".confirm-body button")).isVisible();
        }
    }

    private static int compressed(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.size();
    }
}
