package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Media;
import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.BrowserTest;
import express.polaris.testing.ChromiumBrowser;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.TestIssuer;
import express.polaris.testing.TestPlan;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A driver's prices in a real browser. */
@BrowserTest
class PriceJourneyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(12_000);

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

    /** Fails if the cost of a session across two billing periods is not the sum of its share on both invoices. */
    @Test
    void aSessionAcrossTwoBillingPeriodsHasBothPricesAndIsOnBothInvoices() throws IOException {
        var ada = portal.driver("Ada");
        subscribe(ada, "weekly", midnight(15), 2, "0.30", "0.50");
        var boundary = midnight(8);
        long id = charged(
                ada,
                boundary.minusSeconds(1800),
                List.of(
                        new Reading(boundary, 4_000), // up to midnight: the old period
                        new Reading(boundary.plusSeconds(1800), 7_000)));
        portal.bean(InvoicingJob.class).run(Optional.empty());

        try (var page = open()) {
            signIn(page, ada);
            page.navigate(portal.url("/sessions/" + id));
            // 2 × 0.30 + 1 × 0.50 in the first period (3 kWh), 2 × 0.30 + 1 × 0.50 in the second (3 kWh)
            assertThat(cost(page)).hasText("€2.20");
            assertThat(page.locator("[data-part=cost] .lines li:not(.line-total)"))
                    .hasCount(4);
            var invoices = page.locator("[data-part=cost] a[href^='/invoices/']");
            assertThat(invoices).hasCount(2);
            for (var path : List.of(
                    invoices.nth(0).getAttribute("href"), invoices.nth(1).getAttribute("href"))) {
                page.navigate(portal.url(path));
                var line = page.locator(".invoice-sessions li")
                        .filter(new Locator.FilterOptions().setHasText("Session #" + id));
                assertThat(line.locator(".line-amount")).hasText("€1.10"); // 2 × 0.30 + 1 × 0.50
                assertThat(line.locator(".line-sum")).containsText("3.000 kWh");
                onPaper(page);
                var pdf = page.context().request().get(portal.url("/api/v1" + path + ".pdf"));
                try (var document = Loader.loadPDF(pdf.body())) {
                    assertThat(new PDFTextStripper().getText(document).replace('\u00a0', ' '))
                            .contains("Session #" + id, "3.000 kWh", "€1.10");
                }
                page.locator(".invoice-sessions a").first().click();
                assertThat(page.locator("h1")).hasText("Session #" + id);
            }
        }
    }

    @Test
    void aSessionThatCrossesATierIsPricedInBothTiers() {
        var ben = portal.driver("Ben");
        subscribe(ben, "yearly", midnight(20), 10, "0.30", "0.20");
        charged(ben, midnight(5), List.of(new Reading(midnight(5).plusSeconds(600), 9_000)));
        long id = charged(
                ben,
                midnight(4),
                List.of(
                        new Reading(midnight(4).plusSeconds(600), 2_500),
                        new Reading(midnight(4).plusSeconds(1200), 5_000)));

        try (var page = open()) {
            signIn(page, ben);
            page.navigate(portal.url("/sessions/" + id));
            // 8 kWh before it: 1.5 + 0.5 kWh × 0.30 fill the tier of 10, 2 kWh × 0.20 lie above
            assertThat(cost(page)).hasText("€1.00");
            var lines = page.locator("[data-part=cost] .lines li:not(.line-total)");
            assertThat(lines).hasCount(2);
            assertThat(lines.nth(0)).containsText("2.000 kWh × €0.30");
            assertThat(lines.nth(1)).containsText("2.000 kWh × €0.20");
        }
    }

    /** Fails if the price during a session is updated only by a reload. */
    @Test
    void theOpenPageShowsTheNextTiersPriceEvenWhenAnotherSessionReachesIt() {
        var cleo = portal.driver("Cleo");
        subscribe(cleo, "yearly", midnight(20), 1, "0.30", "0.90");
        var card = portal.card(cleo);
        var start = now().minusSeconds(120);
        long id = begin(card, start);
        reading(id, now().minusSeconds(5), 1_500);
        until(id, session -> session.energy().wattHours().intValueExact() == 500);

        try (var page = open()) {
            signIn(page, cleo);
            page.navigate(portal.url("/sessions/" + id));
            page.evaluate("window.loadedOnce = true");
            assertThat(page.locator("[data-connection=live]")).isVisible();
            assertThat(page.locator(".live [data-value=cost]")).hasText("€0.15"); // 0.5 × 0.30

            reading(id, now(), 3_000);
            // 1 × 0.30 + 1 × 0.90
            assertThat(page.locator(".live [data-value=cost]")).hasText("€1.20", PATIENTLY);
            assertThat(cost(page)).hasText("€1.20", PATIENTLY);
            assertThat(page.locator("[data-part=cost] .lines li:not(.line-total)"))
                    .hasCount(2);

            long other = begin(portal.card(cleo), start);
            reading(other, start.plusSeconds(30), 2_000);
            portal.bean(SyncEngine.class).runNow();
            // the other session's 1 kWh came first: 2 × 0.90
            assertThat(page.locator(".live [data-value=cost]")).hasText("€1.80", PATIENTLY);
            assertThat(cost(page)).hasText("€1.80", PATIENTLY);
            assertThat((boolean) page.evaluate("window.loadedOnce")).isTrue();
        }
    }

    @Test
    void beforeStartingADriverSeesTheNextPricesByTheClockAndTheFees() {
        var dora = portal.driver("Dora");
        long session =
                charged(dora, midnight(5), List.of(new Reading(midnight(5).plusSeconds(600), 2_000)));
        var box = portal.bean(SessionService.class)
                .find(new SessionId(session))
                .orElseThrow()
                .chargeBoxId();
        portal.bean(JdbcClient.class).sql("""
            insert into time_bands (code, version, name, rules, saved_at)
            values ('morning', 1, 'Morning', '[{"days":["mon","tue","wed","thu","fri","sat","sun","holiday"],
                                                "from":"00:00","to":"12:00"}]', '2025-01-01T00:00:00Z')
            """).update();
        portal.bean(JdbcClient.class)
                .sql("insert into charger_groups (code, name, created_at) values ('garage', 'Garage', now())")
                .update();
        portal.bean(JdbcClient.class)
                .sql("update tariff_version set version = version + 1")
                .update();
        subscribe(
                dora,
                new TestPlan("ahead", "Home & office", "monthly", 0, 0, Map.of()),
                List.of(
                        Map.of(
                                "billable_metric_code",
                                "energy_kwh",
                                "charge_model",
                                "standard",
                                "properties",
                                Map.of("amount", "0.45"),
                                "filters",
                                List.of(
                                        filter(Map.of("time_band", List.of("morning")), "0.25"),
                                        filter(
                                                Map.of(
                                                        "time_band", List.of("morning"),
                                                        "charger_group", List.of("garage")),
                                                "0.19"))),
                        Map.of(
                                "billable_metric_code",
                                "idle_minutes",
                                "charge_model",
                                "standard",
                                "properties",
                                Map.of("amount", "0.10", "grace_minutes", 240, "cap_minutes", 120))));

        try (var page = open()) {
            signIn(page, dora);
            page.navigate(portal.url("/chargers/" + box));
            var next = page.locator("[data-part=price-next]");
            assertThat(next).containsText("from 12:00 €0.45");
            assertThat(next).containsText("from 00:00 €0.25");
            assertThat(page.locator("[data-part=price-fee]"))
                    .hasText("plus €0.10 per minute after charging, the first 240 min are free, for 120 min at most");
            page.navigate(portal.url("/chargers"));
            assertThat(page.locator(".bar [data-part=price]")).hasText("Your price depends on the charger");
            assertThat(page.locator(".charger [data-part=price-next]").first()).containsText("from 12:00 €0.45");
        }
    }

    private static Map<String, ?> filter(Map<String, ?> values, String price) {
        return Map.of("values", values, "properties", Map.of("amount", price));
    }

    private static void subscribe(Account driver, TestPlan plan, List<Map<String, ?>> charges) {
        var json = new HashMap<String, Object>(plan.json());
        json.put("charges", charges);
        portal.bean(PlanService.class).save(json);
        portal.bean(SubscriptionService.class)
                .subscribe(new NewSubscription(
                        driver.id(), plan.code(), midnight(20).toString(), "calendar", BERLIN.getId()));
    }

    /** The invoice alone, at the width of the paper. */
    private static void onPaper(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        for (var other : List.of(".side", ".top", ".tabs", ".invoice-pdf")) {
            for (var element : page.locator(other).all()) {
                assertThat(element).isHidden();
            }
        }
        assertThat(page.locator(".line-grand")).isVisible();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    private static Locator cost(Page page) {
        return page.locator("[data-part=cost] .cost-amount");
    }

    private record Reading(Instant at, long wattHours) {}

    private static Instant midnight(int daysAgo) {
        return LocalDate.ofInstant(Instant.now(), BERLIN)
                .minusDays(daysAgo)
                .atStartOfDay(BERLIN)
                .toInstant();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Two tiers: one price up to {@code upTo} kWh, another above. */
    private static void subscribe(
            Account driver, String interval, Instant from, int upTo, String first, String second) {
        var code = "plan-" + driver.id().value();
        var plan = TestPlan.graduated(code, TestPlan.range(0, upTo, first), TestPlan.rangeFrom(upTo, second))
                .every(interval);
        portal.bean(PlanService.class).save(plan.json());
        TestIssuer.save(portal.bean(JdbcClient.class));
        portal.bean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver.id(), code, from.toString(), "anniversary", BERLIN.getId()));
    }

    /** An imported past session whose register is at 1000 Wh at its start. */
    private static long charged(Account driver, Instant start, List<Reading> readings) {
        long id = begin(portal.card(driver), start);
        readings.forEach(reading -> reading(id, reading.at(), reading.wattHours()));
        var last = readings.getLast();
        portal.steve
                .world()
                .stopTransaction(id, last.at(), last.wattHours(), Optional.of("EVDisconnected"), StopActor.STATION);
        until(id, session -> session.status() == SessionStatus.COMPLETED);
        return id;
    }

    private static long begin(String idTag, Instant start) {
        return portal.steve.world().startTransaction("BOX-" + idTag, 1, idTag, start, 1000);
    }

    private static void reading(long id, Instant at, long wattHours) {
        portal.steve.world().addMeterValue(id, SimulatedMeterValue.energy(at, wattHours));
    }

    private static void until(long id, Predicate<ChargingSession> wanted) {
        new SessionSteps(portal).until(id, wanted);
    }

    private static Page open() {
        var context = browser.newContext(new Browser.NewContextOptions().setLocale("en"));
        var page = context.newPage();
        page.onClose(closed -> context.close());
        return page;
    }

    private static void signIn(Page page, Account account) {
        page.navigate(portal.url("/"));
        page.locator("input[name=email]").fill(account.email());
        page.locator("input[name=password]").fill(RunningPortal.PASSWORD);
        page.locator("button[type=submit]").first().click();
        page.waitForURL(portal.url("/"));
    }
}
