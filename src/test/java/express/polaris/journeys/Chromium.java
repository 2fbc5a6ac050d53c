package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.testing.Axe;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A real browser for a journey. */
final class Chromium implements AutoCloseable {

    /** What htmx reports when a page is left before an answer; an answer with a fault is another event. */
    private static final Pattern LEAVING = Pattern.compile("htmx:(afterRequest|sendAbort)\\b");

    private final ChromiumBrowser browser = new ChromiumBrowser();
    private final List<String> complaints = new ArrayList<>();

    Page open(int width, ColorScheme scheme, String language) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setColorScheme(scheme)
                .setLocale(language));
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !message.text().contains("the server responded with a status of 4")
                    && !LEAVING.matcher(message.text()).lookingAt()) {
                complaints.add(message.text());
            }
        });
        page.onClose(closed -> context.close());
        return page;
    }

    /**
     * @return the bytes loaded by a browser with an empty cache and the cookies of this page
     */
    int firstVisit(Page page, String address) {
        try (var context = browser.newContext(new Browser.NewContextOptions()
                .setStorageState(page.context().storageState())
                .setLocale("en"))) {
            var fresh = context.newPage();
            var bytes = new AtomicInteger();
            var network = context.newCDPSession(fresh);
            network.on(
                    "Network.loadingFinished",
                    file -> bytes.addAndGet(file.get("encodedDataLength").getAsInt()));
            network.send("Network.enable");
            fresh.navigate(address);
            return bytes.get();
        }
    }

    static void signIn(Page page, RunningPortal portal, Account account) {
        page.navigate(portal.url("/sign-in"));
        page.locator("input[name=email]").fill(account.email());
        page.locator("input[name=password]").fill(RunningPortal.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(address -> !address.contains("/sign-in"));
    }

    /** Asserts no serious axe violation, no horizontal overflow and no console message, and takes a screenshot. */
    void look(Page page, String name) {
        Axe.noGraveFaults(page, name);
        fitsAndIsQuiet(page, name);
    }

    /** Like {@link #look}, for a page whose colours were checked in another language. */
    void lookBesideColours(Page page, String name) {
        Axe.noGraveFaultsBesideColour(page, name);
        fitsAndIsQuiet(page, name);
    }

    /** Like {@link #look}, for a page that was checked in this width in another language, and in this one in another width. */
    void lookAtLengths(Page page, String name) {
        Axe.noGraveFaultsOfLength(page, name);
        fitsAndIsQuiet(page, name);
    }

    /** Like {@link #look}, for a page that was already checked and now has other colours. */
    void lookAtColours(Page page, String name) {
        Axe.noGraveFaultsOfColour(page, name);
        fitsAndIsQuiet(page, name);
    }

    private void fitsAndIsQuiet(Page page, String name) {
        var excess = (int) page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(excess).as("%s is wider than the window", name).isLessThanOrEqualTo(0);
        var since = List.copyOf(complaints);
        complaints.clear();
        assertThat(since).as("console of %s", name).isEmpty();
        ChromiumBrowser.picture(page, name);
    }

    @Override
    public void close() {
        browser.close();
    }
}
