package express.polaris.portal;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.testing.ChromiumBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes screenshots of every page fixture to {@code target/gallery}, for phone and desktop, light and dark. Run main
 * to create them; arguments select fixtures whose name contains one of them.
 */
final class PagesGallery {

    private static final Path FOLDER = Path.of("target", "gallery");

    private PagesGallery() {}

    static Page open(ChromiumBrowser browser, int width, ColorScheme scheme) {
        return browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme))
                .newPage();
    }

    public static void main(String[] wanted) throws IOException {
        Files.createDirectories(FOLDER);
        try (var server = new GalleryServer();
                var browser = new ChromiumBrowser()) {
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
