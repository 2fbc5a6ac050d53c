package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import express.polaris.accounts.Account;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.Role;
import express.polaris.billing.NewSubscription;
import express.polaris.billing.OperatorBilling;
import express.polaris.cards.CardLinks;
import express.polaris.cards.IdTag;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.sessions.Sessions;
import express.polaris.simulator.SimulatedMeterValue;
import express.polaris.simulator.StopActor;
import express.polaris.testing.RunningPortal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator's day: all is calm, then things go wrong one after the other, and each is mended or seen. */
class OverviewJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Chromium chromium;
    private static RunningPortal portal;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        portal = new RunningPortal();
    }

    @AfterAll
    static void stop() {
        portal.close();
        chromium.close();
    }

    @Test
    void whatNeedsAttentionIsMendedOrSeenUntilAllIsCalmAgain() {
        var operator = operator();
        var ada = portal.driver("Ada");
        try (var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            Chromium.signIn(page, portal, operator);
            page.navigate(portal.url("/operator"));
            assertThat(page.locator(".calm h2")).hasText("Everything is accounted for");
            chromium.look(page, "overview-calm-desktop-light");

            long guest = charging("GUEST-77", minutesAgo(30), 1000, 3000, 5000);
            long stuck = charging(portal.card(ada), minutesAgo(300), 1000, 9000);
            long reset = reset(portal.card(ada));
            portal.bean(OperatorNotes.class).aboutSession(ada.id(), reset, "My car shows 7 kWh, not half a kWh.");
            long mail = failedMail(ada);
            long error = errorOfSync();

            shown(page, item(page, "unlinked_tag"), "Tag GUEST-77 belongs to nobody and charges now");
            shown(page, item(page, "stuck_session"), "Session " + stuck);
            shown(page, item(page, "meter_reset"), "Session " + reset + ": a reset took 5.500 kWh");
            shown(page, item(page, "unpriced_sessions"), "There is no plan yet");
            shown(page, item(page, "driver_note"), "Ada about session " + reset);
            shown(page, item(page, "failed_mail"), "Charge ended to Ada was given up");
            shown(page, item(page, "sync_error"), "Transaction " + error);
            chromium.look(page, "overview-attention-desktop-light");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.reload();
            chromium.look(page, "overview-attention-desktop-dark");
            page.setViewportSize(390, 844);
            chromium.look(page, "overview-attention-phone-dark");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.reload();
            chromium.look(page, "overview-attention-phone-light");
            page.setViewportSize(1280, 844);
            page.reload();

            followsWithoutReload(page, guest);

            assertThat(item(page, "unlinked_tag").locator("a").first())
                    .hasAttribute("href", "/operator/cards/link?idTag=GUEST-77");
            link("GUEST-77", ada);
            gone(page, "unlinked_tag");

            assertThat(item(page, "stuck_session").locator("a").first())
                    .hasAttribute("href", "/operator/transactions/" + stuck);
            portal.steve.world().stopTransaction(stuck, minutesAgo(200), 9000, Optional.of("Local"), StopActor.STATION);
            until(stuck, session -> !session.isLive() && session.isFinal());
            gone(page, "stuck_session");

            subscribe(operator, ada);
            gone(page, "unpriced_sessions");

            seen(page, "meter_reset");
            seen(page, "driver_note");
            seen(page, "sync_error");

            item(page, "failed_mail").locator("a").first().click();
            page.waitForURL("**/operator/mails");
            assertThat(page.locator("#mail-" + mail)).containsText("MailSendException");
            chromium.look(page, "mails-desktop-light");
            page.setViewportSize(390, 844);
            chromium.look(page, "mails-phone-light");
            page.setViewportSize(1280, 844);
            page.locator("#mail-" + mail + " form[action$='/retry'] button").click();
            assertThat(page.locator(".notice")).hasText("The mail is tried again now.");
            assertThat(page.locator("#mail-" + mail)).hasCount(0);

            page.navigate(portal.url("/operator"));
            gone(page, "failed_mail");
            assertThat(page.locator(".calm h2")).hasText("Everything is accounted for");
            chromium.look(page, "overview-calm-again-desktop-light");

            page.locator(".side a[href='/operator/audit']").click();
            assertThat(page.locator("#rows")).containsText("Marked as seen");
            assertThat(page.locator("#rows")).containsText("Mail tried again");
            page.locator("select[name=action]").selectOption("mail.retry");
            page.locator(".audit-filter button").click();
            assertThat(page.locator("#rows tr")).hasCount(1);
            assertThat(page.locator("#rows")).containsText("mail " + mail);
            chromium.look(page, "audit-desktop-light");
            page.setViewportSize(390, 844);
            chromium.look(page, "audit-phone-light");
            page.setViewportSize(1280, 844);
        }
    }

    @Test
    void healthSaysInWordsThatSteveIsAway() {
        try (var lonely = new RunningPortal();
                var page = chromium.open(1280, ColorScheme.LIGHT, "en")) {
            var operator = operator(lonely);
            Chromium.signIn(page, lonely, operator);
            page.navigate(lonely.url("/operator/health"));
            assertThat(page.locator("#health-steve")).containsText("SteVe answers in");
            chromium.look(page, "health-good-desktop-light");
            lonely.steve.close();
            page.locator("a[href='/operator/health']").last().click();
            assertThat(page.locator("#health-steve")).containsText("no connection to it can be made");
            assertThat(page.locator("#health-steve")).containsText("POLARIS_STEVE_BASE_URL");
            chromium.look(page, "health-steve-away-desktop-light");
            page.setViewportSize(390, 844);
            chromium.look(page, "health-steve-away-phone-light");
        }
    }

    private static Account operator() {
        return operator(portal);
    }

    private static Account operator(RunningPortal where) {
        return where.bean(Accounts.class)
                .changeRole(Optional.empty(), where.driver("Olga").id(), Role.OPERATOR);
    }

    private static Locator item(Page page, String kind) {
        return page.locator("#attention-" + kind + " .concern-item").first();
    }

    /** It appears within a minute; an operator would reload too. */
    private static void shown(Page page, Locator item, String words) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            page.reload();
            return item.count() > 0 && item.textContent().contains(words);
        });
    }

    private static void gone(Page page, String kind) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            page.reload();
            return page.locator("#attention-" + kind).count() == 0;
        });
    }

    private static void seen(Page page, String kind) {
        item(page, kind).locator("button").click();
        assertThat(page.locator(".notice")).containsText("Marked as seen");
        assertThat(page.locator("#attention-" + kind)).hasCount(0);
    }

    private static void followsWithoutReload(Page page, long session) {
        var row = page.locator("#live-" + session).locator("xpath=ancestor::tr").locator("td[data-label=kWh]");
        assertThat(row).hasText("4.00"); // 5000 - 1000
        portal.steve.world().addMeterValue(session, SimulatedMeterValue.energy(now(), 6500));
        // Somebody opens its page, so that SteVe is asked now and not within the next minutes.
        portal.bean(SessionImport.class).readSoon(new SessionId(session));
        assertThat(row).hasText("5.50", JourneyBrowser.PATIENTLY); // 6500 - 1000
    }

    /** Readings ten minutes apart, the first ten minutes after the start. */
    private static long charging(String tag, Instant start, long startValue, long... readings) {
        var world = portal.steve.world();
        if (world.tag(tag).isEmpty()) {
            world.addTag(tag);
        }
        long id = world.startTransaction("GARAGE-" + tag, 1, tag, start, startValue);
        var at = start;
        for (long reading : readings) {
            at = at.plus(Duration.ofMinutes(10));
            world.addMeterValue(id, SimulatedMeterValue.energy(at, reading));
        }
        until(id, session -> session.meter().lastReadingAt().isPresent());
        return id;
    }

    /** 1000 → 6000, then the register begins anew: 500 → 1500. */
    private static long reset(String tag) {
        long id = charging(tag, minutesAgo(60), 1000, 6000, 500, 1500);
        portal.steve.world().stopTransaction(id, minutesAgo(15), 1500, Optional.of("Local"), StopActor.STATION);
        until(id, session -> !session.isLive() && session.isFinal());
        return id;
    }

    private static long failedMail(Account driver) {
        return portal.bean(JdbcClient.class)
                .sql("""
                    insert into mails (account_id, kind, subject, created_at, expires_at, tries, failed_at, last_error)
                    values (?, 'session_ended', '0', now() - interval '25 hours', now() - interval '1 hour', 9,
                            now() - interval '10 minutes', 'MailSendException') returning id
                    """)
                .param(driver.id().value())
                .query(Long.class)
                .single();
    }

    private static long errorOfSync() {
        portal.bean(JdbcClient.class).sql("""
                    insert into sync_errors (sync_run_id, at, steve_transaction_id, reason)
                    select max(id), now(), 555, 'Transaction 555 is left out: its charge box id is empty' from sync_runs
                    """).update();
        return 555;
    }

    private static void link(String tag, Account driver) {
        portal.bean(CardLinks.class)
                .link(
                        new IdTag(tag),
                        driver.id(),
                        Optional.of("Guest card"),
                        Optional.of(Instant.now().minus(Duration.ofDays(1))));
    }

    private static void subscribe(Account operator, Account driver) {
        var billing = portal.bean(OperatorBilling.class);
        billing.savePlan(
                operator.id(),
                Map.of(
                        "code",
                        "home",
                        "name",
                        "Home",
                        "interval",
                        "monthly",
                        "amount_cents",
                        990,
                        "amount_currency",
                        "EUR",
                        "charges",
                        List.of(Map.of(
                                "billable_metric_code",
                                "energy_kwh",
                                "charge_model",
                                "standard",
                                "properties",
                                Map.of("amount", "0.30")))));
        billing.subscribe(
                operator.id(),
                new NewSubscription(
                        driver.id(),
                        "home",
                        Instant.now().minus(Duration.ofDays(40)).toString(),
                        "calendar",
                        "Europe/Berlin"));
    }

    private static ChargingSession until(long id, Predicate<ChargingSession> wanted) {
        var sessions = portal.bean(Sessions.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> sessions.find(new SessionId(id)).filter(wanted).isPresent());
        return sessions.find(new SessionId(id)).orElseThrow();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant minutesAgo(int minutes) {
        return now().minus(Duration.ofMinutes(minutes));
    }
}
