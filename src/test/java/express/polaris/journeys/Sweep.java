package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.testing.RunningPortal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Opens page after page in one window, as wide as a desktop and as a phone, in the light and the dark theme.
 *
 * <p>A page is loaded once in each language: the colour scheme changes while it is open, as on a device that turns dark in
 * the evening, and so does the width, as of a tablet that is turned. Each language loads a page in the other width.
 */
final class Sweep implements AutoCloseable {

    /** Available only in English. */
    static final String API_DOCS = "/api/docs";

    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int HEIGHT = 844;

    private static final String GROUND = "getComputedStyle(document.body).backgroundColor";

    private static final String VISIBLE =
            "[...document.querySelectorAll('*')].filter(it => it.checkVisibility()).length";

    private final RunningPortal portal;
    private final Chromium chromium;
    private final String name;
    private final String language;

    /** Colours do not depend on the language: one language checks them in both themes on every page. */
    private final boolean checksColours;

    private final Page page;
    private final List<String> elsewhere = new ArrayList<>();
    private ColorScheme scheme = ColorScheme.LIGHT;
    private int width;

    /**
     * @param name of the sweep, the prefix of its screenshot names
     */
    Sweep(RunningPortal portal, Chromium chromium, String name, String language) {
        this.portal = portal;
        this.chromium = chromium;
        this.name = name;
        this.language = language;
        this.checksColours = language.equals("en");
        this.width = checksColours ? DESKTOP : PHONE;
        this.page = chromium.open(width, scheme, language);
        var own = URI.create(portal.url("/")).getAuthority();
        page.onRequest(request -> {
            var address = URI.create(request.url());
            if (!"data".equals(address.getScheme()) && !own.equals(address.getAuthority())) {
                elsewhere.add(request.url());
            }
        });
    }

    void signIn(Account account) {
        Chromium.signIn(page, portal, account);
    }

    /** Checks all pages and reports all faults at once. */
    void look(List<String> paths) {
        var faults = new ArrayList<String>();
        for (var path : paths) {
            try {
                open(path);
                look(path, true);
                turn();
                look(path, false);
            } catch (AssertionError e) {
                faults.add(path + ": " + e.getMessage());
            }
        }
        assertThat(faults).isEmpty();
        assertThat(elsewhere).as("requests to other hosts").isEmpty();
    }

    /**
     * Alternates between the themes: the next page opens in the theme in which this one ends.
     *
     * @param isLoaded whether in this width
     */
    private void look(String path, boolean isLoaded) {
        if (checksColours) {
            chromium.look(page, picture(path));
        } else if (isLoaded) {
            chromium.lookBesideColours(page, picture(path));
        } else {
            chromium.lookAtLengths(page, picture(path));
        }
        Layout.everythingHasItsPlace(page);
        if (checksColours) {
            inTheOtherTheme(path);
        } else {
            changeTheme();
        }
    }

    private void inTheOtherTheme(String path) {
        var ground = page.evaluate(GROUND);
        var visible = page.evaluate(VISIBLE);
        changeTheme();
        chromium.lookAtColours(page, picture(path));
        assertThat(page.evaluate(GROUND)).as("ground in %s", scheme).isNotEqualTo(ground);
        // Otherwise, checking only the colours the second time would not be enough.
        assertThat(page.evaluate(VISIBLE)).as("visible elements in %s", scheme).isEqualTo(visible);
    }

    /** The next page opens in the width in which this one ends. */
    private void turn() {
        width = width == DESKTOP ? PHONE : DESKTOP;
        page.setViewportSize(width, HEIGHT);
    }

    private void changeTheme() {
        scheme = scheme == ColorScheme.LIGHT ? ColorScheme.DARK : ColorScheme.LIGHT;
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    private void open(String path) {
        var answer = page.navigate(portal.url(path));
        assertThat(page.url()).as("where %s leads", path).isEqualTo(portal.url(path));
        assertThat(page.locator("html").getAttribute("lang"))
                .as(path)
                .isEqualTo(path.equals(API_DOCS) ? "en" : language);
        assertThat(answer.headerValue("content-security-policy"))
                .as(path)
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
    }

    /**
     * @return the name of the page's screenshot
     */
    private String picture(String path) {
        var theme = scheme.name().toLowerCase(Locale.ROOT);
        PlaywrightAssertions.assertThat(page.locator("html")).hasAttribute("data-bs-theme", theme);
        return "%s%s-%d-%s-%s".formatted(name, words(path), width, theme, language);
    }

    private static String words(String path) {
        return path.replaceFirst("^/(starts|sign-in/\\w+)/.*", "/$1-one")
                .replaceAll("\\d{2,}", "")
                .replaceAll("\\W+", "-");
    }

    @Override
    public void close() {
        page.close();
    }

    /**
     * The pages of the portal, as listed by the application's routes, so a new page is included automatically.
     *
     * @param wanted selects routes by their pattern
     * @param none patterns that are not pages: fragments, downloads
     * @param examples addresses for patterns; required for every pattern with a variable
     */
    static List<String> pages(
            RunningPortal portal, Predicate<String> wanted, Set<String> none, Map<String, List<String>> examples) {
        var patterns = portal
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .filter(route -> route.getValue().getBeanType().isAnnotationPresent(Controller.class))
                .filter(route -> {
                    var methods = route.getKey().getMethodsCondition().getMethods();
                    return methods.isEmpty() || methods.contains(RequestMethod.GET);
                })
                .flatMap(route -> route.getKey().getPatternValues().stream())
                .filter(wanted)
                .distinct()
                .sorted()
                .toList();
        assertThat(patterns)
                .as("routes, of which some are named")
                .containsAll(none)
                .containsAll(examples.keySet());
        assertThat(patterns.stream()
                        .filter(pattern -> pattern.contains("{"))
                        .filter(pattern -> !none.contains(pattern) && !examples.containsKey(pattern)))
                .as("pages with a variable and without an example")
                .isEmpty();
        return patterns.stream()
                .filter(pattern -> !none.contains(pattern))
                .flatMap(pattern -> Stream.concat(
                        pattern.contains("{") ? Stream.empty() : Stream.of(pattern),
                        examples.getOrDefault(pattern, List.of()).stream()))
                .toList();
    }
}
