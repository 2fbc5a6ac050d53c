package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.PolarisExpress;
import express.polaris.accounts.FastPasswords;
import express.polaris.messages.mail.DemoInbox;
import express.polaris.testing.BrowserTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The demo's mails in the browser: a driver requests a link, finds it in the inbox and follows it. */
@BrowserTest
class DemoInboxJourneyTest {

    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext demo;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        demo = new SpringApplicationBuilder(PolarisExpress.class, FastPasswords.class)
                .properties("spring.main.register-shutdown-hook=false")
                .run("--polaris.demo=true", "--polaris.data-directory=" + directory, "--server.port=0");
        try (var page = chromium.open(390, ColorScheme.LIGHT, "en")) {
            page.navigate(url("/sign-in"));
            var email = page.locator(".demo-accounts input[name=email]").first().inputValue();
            page.navigate(url("/sign-in/password"));
            page.locator("input[name=email]").fill(email);
            page.keyboard().press("Enter");
            assertThat(page.locator("a[href='/demo/inbox']")).isVisible();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> demo.getBean(DemoInbox.class).all().stream()
                        .anyMatch(mail -> mail.plain().contains("/sign-in/password/")));
    }

    @AfterAll
    static void stop() {
        demo.close();
        chromium.close();
    }

    @ParameterizedTest(name = "{0} px, {1}, {2}")
    @CsvSource({"1280, LIGHT, en", "1280, DARK, de", "390, LIGHT, de", "390, DARK, en"})
    void theInboxHasNoGraveFault(int width, ColorScheme scheme, String language) {
        try (var page = chromium.open(width, scheme, language)) {
            page.navigate(url("/demo/inbox"));
            assertThat(page.locator("html")).hasAttribute("lang", language);
            page.locator(".inbox-mail summary").first().click();
            chromium.look(
                    page, "demo-inbox-%d-%s-%s".formatted(width, scheme.name().toLowerCase(Locale.ROOT), language));
        }
    }

    @Test
    void aSignInLinkIsFollowedFromTheDemoInbox() {
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            page.navigate(url("/demo/inbox"));
            var mail = page.locator(".inbox-mail")
                    .filter(new Locator.FilterOptions().setHas(page.locator("a[href^='/sign-in/password/']")));
            mail.first().locator("summary").click();
            mail.first().locator("a").click();
            page.waitForURL("**/sign-in/password/*");
            assertThat(page.locator("input[name=password]")).isVisible();
        }
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + demo.getEnvironment().getProperty("local.server.port") + path;
    }
}
