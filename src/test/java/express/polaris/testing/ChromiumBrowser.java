package express.polaris.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Headless Chromium, started once for all tests of a run, each of which opens its own windows. A test that uses it is a
 * {@link BrowserTest}.
 */
public final class ChromiumBrowser implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final boolean TAKES_PICTURES = Boolean.getBoolean("polaris.screenshots");

    private final List<BrowserContext> contexts = new ArrayList<>();

    /** A browser context with its own cookies, which closes with this object at the latest. */
    public BrowserContext newContext(Browser.NewContextOptions options) {
        var context = Started.BROWSER.newContext(options);
        contexts.add(context);
        return context;
    }

    /**
     * Writes target/screenshots/name.png, if the system property {@code polaris.screenshots} is {@code true}: hundreds
     * of pictures take longer than all that is checked on their pages.
     */
    public static void picture(Page page, String name) {
        if (TAKES_PICTURES) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + ".png"))
                    .setFullPage(true));
        }
    }

    @Override
    public void close() {
        contexts.forEach(BrowserContext::close);
    }

    /** Ends with the process that started it. */
    private static final class Started {

        static final Browser BROWSER = start();

        private static Browser start() {
            if (!Files.isExecutable(EXECUTABLE)) {
                throw new IllegalStateException("Browser tests need Chromium, and " + EXECUTABLE
                        + " is none: apt-get install chromium, or set CHROMIUM to its path");
            }
            return Playwright.create(
                            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(EXECUTABLE)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        }
    }
}
