package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The portal as an installed phone app: its manifest and its offline page. */
@BrowserTest
class InstallableTest {

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
    void theIconsOfTheManifestHaveTheDeclaredSize() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(portal.url("/manifest.webmanifest")))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/manifest+json");
            var icons = JsonMapper.builder().build().readTree(answer.body()).get("icons");
            assertThat(icons.size()).isEqualTo(3);
            for (var icon : icons) {
                var picture = http.send(
                        HttpRequest.newBuilder(
                                        URI.create(portal.url(icon.get("src").asString())))
                                .build(),
                        BodyHandlers.ofByteArray());
                var image = ImageIO.read(new ByteArrayInputStream(picture.body()));
                assertThat(image.getWidth() + "x" + image.getHeight())
                        .isEqualTo(icon.get("sizes").asString());
            }
        }
    }

    @Test
    void aPageSaysThatTheNetworkIsDownAndReturnsWhenItIsBack() {
        var ada = portal.driver("Ada");
        try (var context = browser.newContext(new Browser.NewContextOptions());
                var page = context.newPage()) {
            page.navigate(portal.url("/sessions"));
            page.fill("input[type=email]", ada.email());
            page.fill("input[type=password]", RunningPortal.PASSWORD);
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).not().hasText("Sign in");
            page.evaluate("navigator.serviceWorker.ready.then(() => null)");
            page.waitForFunction("navigator.serviceWorker.controller !== null");

            context.setOffline(true);
            page.navigate(portal.url("/sessions"));
            assertThat(page.locator("h1")).hasText("You are offline");
            var colour = page.locator(".btn-primary").evaluate("it => getComputedStyle(it).backgroundColor");
            assertThat(colour).as("the page's styles are kept too").isNotEqualTo("rgba(0, 0, 0, 0)");
            ChromiumBrowser.picture(page, "offline");

            context.setOffline(false);
            page.locator(".btn-primary").click();
            assertThat(page.locator("h1")).not().hasText("You are offline");
        }
    }
}
