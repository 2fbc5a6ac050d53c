package express.polaris.journeys;

import static express.polaris.journeys.SessionSteps.minutesAgo;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignInLinks;
import express.polaris.accounts.SignInLinks.Purpose;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.messages.notifications.NotificationService;
import express.polaris.sessions.SessionId;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.StartRequest;
import express.polaris.stations.chargers.StartRequestService;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.MailServer;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.TestIssuer;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every page of a driver and of an anonymous visitor, on desktop and phone, in English and German, light and dark. */
@BrowserTest
class DriverSweepTest {

    private static final String STATION = "Station am Donaudampfschifffahrtskai";

    /** Fragments, downloads, and the error page, which an unknown session covers as well. */
    private static final Set<String> NO_PAGES =
            Set.of("/charging", "/starts/{id}/state", "/account/data.json", "/error");

    /** The console has its own sweep. */
    private static final String CONSOLE = "/operator";

    /** Size limit in bytes. */
    private static final int MOST_LOADED = 250_000;

    private static RunningPortal portal;
    private static Chromium chromium;
    private static SessionSteps charges;
    private static Account driver;
    private static List<String> signedOut = List.of();
    private static List<String> pages = List.of();

    @BeforeAll
    static void aDriverWhoHasCharged() {
        portal = new RunningPortal();
        chromium = new Chromium();
        charges = new SessionSteps(portal);
        driver = portal.driver("Bartholomew");
        var tag = portal.card(driver);
        beenHereForAMonth();
        subscribe();
        long live = transaction(tag, "BOX-LIVE");
        long over = transaction(tag, "BOX-OVER");
        long invoiced = lastWeek(tag, "BOX-OVER");
        charges.until(live, session -> session.energy().isPositive());
        charges.until(over, session -> session.energy().isPositive());
        portal.steve.world().stopTransaction(over, minutesAgo(1), 7_000, Optional.of("Local"), StopActor.STATION);
        charges.completed(over);
        charges.completed(invoiced);
        assertThat(portal.bean(InvoicingJob.class).run(Optional.empty())).isPositive();
        portal.bean(AccountService.class).chooseUnits(driver.id(), "km", "17.5");
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
                .until(() -> portal.bean(NotificationService.class)
                                .latest(driver.id(), 10)
                                .size()
                        >= 2);
        var statement = statement(over);
        var all = Sweep.pages(
                portal,
                pattern -> !pattern.startsWith(CONSOLE),
                NO_PAGES,
                Map.ofEntries(
                        Map.entry("/sign-in/link/{secret}", List.of(link(Purpose.SIGN_IN), "/sign-in/link/nonsense")),
                        Map.entry("/sign-in/password/{secret}", List.of(link(Purpose.NEW_PASSWORD))),
                        Map.entry("/sign-in/reset/{secret}", List.of("/sign-in/reset/nonsense")),
                        Map.entry("/sign-in/invitation/{secret}", List.of("/sign-in/invitation/nonsense")),
                        Map.entry("/sessions", List.of("/sessions?status=completed")),
                        Map.entry(
                                "/sessions/{id}",
                                List.of(
                                        "/sessions/" + live,
                                        "/sessions/" + over,
                                        "/sessions/" + invoiced,
                                        "/sessions/424242")),
                        Map.entry("/chargers/{id}", List.of("/chargers/BOX-OVER")),
                        Map.entry("/starts/{id}", List.of("/starts/" + start())),
                        Map.entry("/statements/{number}", List.of("/statements/" + statement)),
                        Map.entry("/statements/years/{year}", List.of("/statements/years/2020")),
                        Map.entry(
                                "/invoices/{number}",
                                List.of("/invoices/"
                                        + portal.bean(InvoiceService.class)
                                                .ofSessions(List.of(new SessionId(invoiced)))
                                                .get(new SessionId(invoiced))
                                                .getFirst()))));
        assertThat(all).contains("/", "/account", "/sign-in/password", Sweep.API_DOCS);
        signedOut = all.stream().filter(DriverSweepTest::isForStrangers).toList();
        pages = all.stream().filter(path -> !isForStrangers(path)).toList();
    }

    /** Backdates the account and its cards by a month, because nothing from before their creation is notified. */
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

    /** Weekly periods from a fortnight ago: the first has ended and is invoiced. */
    private static void subscribe() {
        TestIssuer.save(portal.bean(JdbcClient.class));
        var plan = TestPlan.graduated("sweep", TestPlan.range(0, 5, "0.30"), TestPlan.rangeFrom(5, "0.45"))
                .named("Hausstrom mit Nachttarif für Vielfahrer")
                .every("weekly")
                .fee(490)
                .vat(19);
        portal.bean(PlanService.class).save(plan.json());
        var from = minutesAgo(15 * 24 * 60).toString();
        portal.bean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver.id(), "sweep", from, "anniversary", "Europe/Berlin"));
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

    /** The number of an employer statement with this session. */
    private static String statement(long session) {
        var jdbc = portal.bean(JdbcClient.class);
        portal.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            jdbc.sql("""
                insert into statement_lines (statement_number, position, steve_transaction_id, charge_box_id, charger_name,
                       started_at, ended_at, meter_start_wh, meter_stop_wh, basis, energy_kwh, rate, rate_kind, amount)
                values ('S2020-000001', 0, ?, 'BOX-OVER', ?, '2020-01-15T18:00:00Z', '2020-01-16T05:00:00Z', 12345678,
                       12392678, 'decided', 47, 0.34, 'household', 15.98)
                """).params(session, STATION).update();
            jdbc.sql("""
                insert into statements (number, driver_id, month, revision, locale, time_zone, currency, driver_name,
                       driver_email, employer, vehicle, plate, reference, energy_kwh, total, left_out, drawn_up_at)
                values ('S2020-000001', ?, '2020-01-01', 0, 'de', 'Europe/Berlin', 'EUR', 'Bartholomew',
                       'bartholomew@people.example', 'Donaudampfschifffahrtsgesellschaft', 'ID.4', 'B-PE 123', '4711', 47,
                       15.98, 2, '2020-02-01T06:00:00Z')
                """).param(driver.id().value()).update();
        });
        return "S2020-000001";
    }

    /** A start that did not reach the charger. */
    private static UUID start() {
        portal.steve.world().chargeBox("BOX-OVER").behaviour(ChargeBoxBehaviour.OFFLINE);
        var id = UUID.randomUUID();
        var card =
                portal.bean(CardService.class).ofDriver(driver.id()).getFirst().id();
        var starts = portal.bean(StartRequestService.class);
        starts.send(id, driver.id(), new ChargeBoxId("BOX-OVER"), Optional.of(2), card);
        Awaitility.await()
                .until(() -> starts.find(id, driver.id())
                        .flatMap(StartRequest::answer)
                        .isPresent());
        return id;
    }

    /** The target of a mailed link. */
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

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noPageHasAGraveFaultOrReachesOut(String language) {
        portal.bean(JdbcClient.class)
                .sql("update accounts set locale = ? where id = ?")
                .params(language, driver.id().value())
                .update();
        try (var sweep = new Sweep(portal, chromium, "sweep", language)) {
            sweep.look(signedOut);
            sweep.signIn(driver);
            sweep.look(pages);
        }
    }

    /** Counts all compressed bytes that a browser with an empty cache loads. */
    @Test
    void aFirstVisitToAnyPageStaysWithinTheSizeLimit() {
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            for (var path : signedOut) {
                assertThat(chromium.firstVisit(page, portal.url(path))).as(path).isBetween(1_000, MOST_LOADED);
            }
            Chromium.signIn(page, portal, driver);
            for (var path : pages) {
                assertThat(chromium.firstVisit(page, portal.url(path))).as(path).isBetween(1_000, MOST_LOADED);
            }
        }
    }
}
