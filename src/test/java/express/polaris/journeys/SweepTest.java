package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.Sessions;
import express.polaris.simulator.SimulatedMeterValue;
import express.polaris.simulator.StopActor;
import express.polaris.testing.RunningPortal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every page of a driver, on a desk and on a phone, light and dark, in English and German. */
class SweepTest {

    private static final String STATION = "Station am Donaudampfschifffahrtskai";

    private static RunningPortal portal;
    private static Chromium chromium;
    private static Account driver;
    private static List<String> pages = List.of();

    @BeforeAll
    static void aDriverWhoHasCharged() {
        portal = new RunningPortal();
        chromium = new Chromium();
        driver = portal.driver("Bartholomew");
        var tag = portal.card(driver);
        long live = transaction(tag, "BOX-LIVE");
        long over = transaction(tag, "BOX-OVER");
        portal.steve.world().stopTransaction(over, minutesAgo(1), 7_000, Optional.of("Local"), StopActor.STATION);
        for (long id : List.of(live, over)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> portal.bean(Sessions.class)
                            .find(new SessionId(id))
                            .filter(session -> session.energy().isPositive() && (id == live || !session.isLive()))
                            .isPresent());
        }
        portal.bean(JdbcClient.class)
                .sql("update chargers set name = ?, location = ? where charge_box_id = 'BOX-OVER'")
                .params(STATION, STATION + ", Untergeschoss 3")
                .update();
        portal.bean(JdbcClient.class)
                .sql("update accounts set name = ? where id = ?")
                .params(
                        "Bartholomäus Maximilian von Wolkenstein-Trostburg",
                        driver.id().value())
                .update();
        pages = List.of(
                "/",
                "/sessions",
                "/sessions?status=completed",
                "/sessions/statement",
                "/sessions/" + live,
                "/sessions/" + over,
                "/chargers",
                "/chargers/BOX-OVER",
                "/cards",
                "/invoices",
                "/notifications",
                "/account",
                "/sessions/424242");
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    private static long transaction(String tag, String chargeBox) {
        var start = minutesAgo(30);
        var world = portal.steve.world();
        long id = world.startTransaction(chargeBox, 1, tag, start, 1_000);
        for (int i = 1; i <= 10; i++) {
            var at = start.plus(Duration.ofMinutes(2L * i));
            world.addMeterValue(id, SimulatedMeterValue.energy(at, 1_000 + 600L * i));
            world.addMeterValue(id, SimulatedMeterValue.power(at, 18_000));
        }
        return id;
    }

    private static Instant minutesAgo(int minutes) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest(name = "{0} px, {1}, {2}")
    @CsvSource({"1280, LIGHT, en", "1280, DARK, de", "390, LIGHT, de", "390, DARK, en"})
    void noPageHasAGraveFaultOrReachesOut(int width, ColorScheme scheme, String language) {
        visit(width, scheme, language, chromium::look);
    }

    /** Each pair of size, theme and language has been before axe above; these are the other four. */
    @ParameterizedTest(name = "{0} px, {1}, {2}")
    @CsvSource({"1280, LIGHT, de", "1280, DARK, en", "390, LIGHT, en", "390, DARK, de"})
    void noPageIsWiderThanItsWindowOrComplains(int width, ColorScheme scheme, String language) {
        visit(width, scheme, language, chromium::glance);
    }

    private static void visit(int width, ColorScheme scheme, String language, BiConsumer<Page, String> look) {
        portal.bean(JdbcClient.class)
                .sql("update accounts set locale = ? where id = ?")
                .params(language, driver.id().value())
                .update();
        try (var page = chromium.open(width, scheme, language)) {
            var elsewhere = watch(page);
            for (var path : List.of("/sign-in", "/offline")) {
                look.accept(page, open(page, path, width, scheme, language));
            }
            Chromium.signIn(page, portal, driver);
            for (var path : pages) {
                look.accept(page, open(page, path, width, scheme, language));
            }
            assertThat(elsewhere).as("requests to other hosts").isEmpty();
        }
    }

    private static List<String> watch(Page page) {
        var elsewhere = new ArrayList<String>();
        var own = URI.create(portal.url("/")).getAuthority();
        page.onRequest(request -> {
            var address = URI.create(request.url());
            if (!"data".equals(address.getScheme()) && !own.equals(address.getAuthority())) {
                elsewhere.add(request.url());
            }
        });
        return elsewhere;
    }

    /** @return the name of its picture */
    private static String open(Page page, String path, int width, ColorScheme scheme, String language) {
        var answer = page.navigate(portal.url(path));
        assertThat(page.locator("html").getAttribute("lang")).as(path).isEqualTo(language);
        assertThat(answer.headerValue("content-security-policy"))
                .as(path)
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        var name = path.replaceAll("\\d{2,}", "").replaceAll("\\W+", "-");
        return "sweep%s-%d-%s-%s".formatted(name, width, scheme.name().toLowerCase(Locale.ROOT), language);
    }
}
