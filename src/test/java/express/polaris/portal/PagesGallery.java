package express.polaris.portal;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Pictures of every page fixture in {@code target/gallery}, for phone and desktop, light and dark. Run its main to look
 * at them; arguments choose fixtures whose name contains one of them.
 */
final class PagesGallery {

    private static final Path FOLDER = Path.of("target", "gallery");

    private PagesGallery() {}

    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser chromium(Playwright playwright) {
        var executable = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(executable))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    static Page open(Browser browser, int width, ColorScheme scheme) {
        return browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme))
                .newPage();
    }

    public static void main(String[] wanted) throws IOException {
        Files.createDirectories(FOLDER);
        try (var server = new GalleryServer();
                var playwright = playwright();
                var browser = chromium(playwright)) {
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(1280, 390)) {
                    try (var page = open(browser, width, scheme)) {
                        for (var name : PageFixtures.all().keySet()) {
                            if (wanted.length == 0 || List.of(wanted).stream().anyMatch(name::contains)) {
                                page.navigate(server.url(name));
                                page.screenshot(new Page.ScreenshotOptions()
                                        .setFullPage(true)
                                        .setPath(FOLDER.resolve(name + "-" + width + "-"
                                                + scheme.name().toLowerCase() + ".png")));
                                Files.write(FOLDER.resolve(name + ".html"), server.html(name));
                            }
                        }
                    }
                }
            }
        }
    }
}
