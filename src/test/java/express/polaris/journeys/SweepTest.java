package express.polaris.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.SignInLinks;
import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.billing.BillingOutcome;
import express.polaris.billing.Invoices;
import express.polaris.billing.Invoicing;
import express.polaris.billing.NewSubscription;
import express.polaris.billing.Plans;
import express.polaris.billing.Subscriptions;
import express.polaris.cards.Cards;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.chargers.StartRequest;
import express.polaris.chargers.StartRequests;
import express.polaris.notifications.Notifications;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.Sessions;
import express.polaris.simulator.ChargeBoxBehaviour;
import express.polaris.simulator.SimulatedMeterValue;
import express.polaris.simulator.StopActor;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every page of a driver, on a desk and on a phone, light and dark, in English and German. Pages without an id in their
 * address are found where the application keeps them: a new one is in the sweep the day it is there.
 */
class SweepTest {

    private static final String STATION = "Station am Donaudampfschifffahrtskai";

    /** Parts of pages, downloads, and the page of every error, which an unknown session shows too. */
    private static final Set<String> NO_PAGES = Set.of("/charging", "/account/data.json", "/error");

    /** The console has a sweep of its own. */
    private static final String CONSOLE = "/operator";

    /** Is in English for everybody. */
    private static final String API_DOCS = "/api/docs";

    private static RunningPortal portal;
    private static Chromium chromium;
    private static Account driver;
    private static List<String> signedOut = List.of();
    private static List<String> pages = List.of();

    @BeforeAll
    static void aDriverWhoHasCharged() {
        portal = new RunningPortal();
        chromium = new Chromium();
        driver = portal.driver("Bartholomew");
        var tag = portal.card(driver);
        beenHereForAMonth();
        subscribe();
        long live = transaction(tag, "BOX-LIVE");
        long over = transaction(tag, "BOX-OVER");
        long invoiced = lastWeek(tag, "BOX-OVER");
        until(List.of(live, over), session -> session.energy().isPositive());
        portal.steve.world().stopTransaction(over, minutesAgo(1), 7_000, Optional.of("Local"), StopActor.STATION);
        until(List.of(over, invoiced), session -> !session.isLive() && session.isFinal());
        assertThat(portal.bean(Invoicing.class).run(Optional.empty())).isPositive();
        portal.bean(Accounts.class).chooseUnits(driver.id(), "km", "17.5");
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
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        portal.bean(Notifications.class).latest(driver.id(), 10).size() >= 2);
        var plain = plainPages();
        signedOut =
                new ArrayList<>(plain.stream().filter(SweepTest::isForStrangers).toList());
        signedOut.addAll(List.of(link(Purpose.SIGN_IN), link(Purpose.NEW_PASSWORD), "/sign-in/link/nonsense"));
        pages = new ArrayList<>(
                plain.stream().filter(path -> !isForStrangers(path)).toList());
        pages.addAll(List.of(
                "/sessions?status=completed",
                "/sessions/" + live,
                "/sessions/" + over,
                "/sessions/" + invoiced,
                "/sessions/424242",
                "/chargers/BOX-OVER",
                "/starts/" + start(),
                "/invoices/"
                        + portal.bean(Invoices.class)
                                .ofSessions(List.of(new SessionId(invoiced)))
                                .get(new SessionId(invoiced))
                                .getFirst()));
    }

    /** Nobody is told of what was before they came. */
    private static void beenHereForAMonth() {
        var jdbc = portal.bean(JdbcClient.class);
        jdbc.sql("update accounts set created_at = now() - interval '30 days' where id = ?")
                .param(driver.id().value())
                .update();
        jdbc.sql("update ev_cards set created_at = now() - interval '30 days'").update();
    }

    private static boolean isForStrangers(String path) {
        return path.startsWith("/sign-in") || path.equals("/offline");
    }

    private static List<String> plainPages() {
        var mappings = portal.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        var plain = mappings.getHandlerMethods().entrySet().stream()
                .filter(route -> route.getValue().getBeanType().isAnnotationPresent(Controller.class))
                .filter(route -> {
                    var methods = route.getKey().getMethodsCondition().getMethods();
                    return methods.isEmpty() || methods.contains(RequestMethod.GET);
                })
                .flatMap(route -> route.getKey().getPatternValues().stream())
                .filter(path -> !path.contains("{") && !path.startsWith(CONSOLE) && !NO_PAGES.contains(path))
                .distinct()
                .sorted()
                .toList();
        assertThat(plain).contains("/", "/account", "/sign-in/password", API_DOCS);
        return plain;
    }

    /** Weeks from a fortnight ago: the first is over, and so invoiced. */
    private static void subscribe() {
        var saved = portal.bean(Plans.class)
                .save(Map.of(
                        "code", "sweep",
                        "name", "Hausstrom mit Nachttarif für Vielfahrer",
                        "interval", "weekly",
                        "amount_cents", 490,
                        "amount_currency", "EUR",
                        "vat_rate", 19,
                        "charges",
                                List.of(Map.of(
                                        "billable_metric_code", "energy_kwh",
                                        "charge_model", "graduated",
                                        "properties",
                                                Map.of(
                                                        "graduated_ranges",
                                                        List.of(
                                                                range(0, Optional.of(5), "0.30"),
                                                                range(5, Optional.empty(), "0.45")))))));
        assertThat(saved).isInstanceOf(BillingOutcome.Done.class);
        var from = minutesAgo(15 * 24 * 60).toString();
        assertThat(portal.bean(Subscriptions.class)
                        .subscribe(new NewSubscription(driver.id(), "sweep", from, "anniversary", "Europe/Berlin")))
                .isInstanceOf(BillingOutcome.Done.class);
    }

    private static Map<String, Object> range(int from, Optional<Integer> to, String price) {
        var range =
                new HashMap<String, Object>(Map.of("from_value", from, "per_unit_amount", price, "flat_amount", "0"));
        to.ifPresent(end -> range.put("to_value", end));
        return range;
    }

    private static long lastWeek(String tag, String chargeBox) {
        var start = minutesAgo(12 * 24 * 60);
        var world = portal.steve.world();
        long id = world.startTransaction(chargeBox, 1, tag, start, 1_000);
        world.addMeterValue(id, SimulatedMeterValue.energy(start.plus(Duration.ofHours(1)), 8_000));
        world.stopTransaction(
                id, start.plus(Duration.ofHours(2)), 9_000, Optional.of("EVDisconnected"), StopActor.STATION);
        return id;
    }

    private static void until(List<Long> ids, Predicate<ChargingSession> wanted) {
        for (long id : ids) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> portal.bean(Sessions.class)
                            .find(new SessionId(id))
                            .filter(wanted)
                            .isPresent());
        }
    }

    /** A start that the charger did not get. */
    private static UUID start() {
        portal.steve.world().chargeBox("BOX-OVER").behaviour(ChargeBoxBehaviour.OFFLINE);
        var id = UUID.randomUUID();
        var card = portal.bean(Cards.class).ofDriver(driver.id()).getFirst().id();
        var starts = portal.bean(StartRequests.class);
        assertThat(starts.send(id, driver.id(), new ChargeBoxId("BOX-OVER"), Optional.of(2), card))
                .isEmpty();
        Awaitility.await()
                .until(() -> starts.find(id, driver.id())
                        .flatMap(StartRequest::answer)
                        .isPresent());
        return id;
    }

    /** Where the link of a mail leads. */
    private static String link(Purpose purpose) {
        portal.bean(SignInLinks.class).request(driver.email(), purpose, "127.0.0.1");
        var path = purpose == Purpose.SIGN_IN ? "/sign-in/link/" : "/sign-in/password/";
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> MailServer.to(driver.email()).stream()
                                .map(MailServer.Mail::path)
                                .filter(found -> found.startsWith(path))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
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
    @CsvSource({
        "1280, LIGHT, en",
        "1280, LIGHT, de",
        "1280, DARK, en",
        "1280, DARK, de",
        "390, LIGHT, en",
        "390, LIGHT, de",
        "390, DARK, en",
        "390, DARK, de"
    })
    void noPageHasAGraveFaultOrReachesOut(int width, ColorScheme scheme, String language) {
        portal.bean(JdbcClient.class)
                .sql("update accounts set locale = ? where id = ?")
                .params(language, driver.id().value())
                .update();
        try (var page = chromium.open(width, scheme, language)) {
            var elsewhere = watch(page);
            for (var path : signedOut) {
                chromium.look(page, open(page, path, width, scheme, language));
            }
            Chromium.signIn(page, portal, driver);
            for (var path : pages) {
                chromium.look(page, open(page, path, width, scheme, language));
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
        assertThat(page.url()).as("where %s leads", path).isEqualTo(portal.url(path));
        assertThat(page.locator("html").getAttribute("lang"))
                .as(path)
                .isEqualTo(path.equals(API_DOCS) ? "en" : language);
        assertThat(answer.headerValue("content-security-policy"))
                .as(path)
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        var name = path.replaceFirst("^/(starts|sign-in/\\w+)/.*", "/$1-one")
                .replaceAll("\\d{2,}", "")
                .replaceAll("\\W+", "-");
        return "sweep%s-%d-%s-%s".formatted(name, width, scheme.name().toLowerCase(Locale.ROOT), language);
    }
}
