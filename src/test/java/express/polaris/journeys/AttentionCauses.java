package express.polaris.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static express.polaris.journeys.JourneyBrowser.PATIENT_ADDRESS;
import static express.polaris.journeys.SessionSteps.hoursAgo;
import static express.polaris.journeys.SessionSteps.minutesAgo;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import express.polaris.accounts.Account;
import express.polaris.accounts.OperatorNotes;
import express.polaris.attention.AttentionKind;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.demo.simulator.ChargeBoxBehaviour;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.statistics.Accounting;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.IdTag;
import express.polaris.stations.cards.LostCardService;
import express.polaris.sync.SyncConcerns;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncPauseService;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Causes each kind of finding, and knows how an operator resolves it. */
final class AttentionCauses {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningPortal portal;
    private final SessionSteps charges;
    private final Account operator;
    private final Account ada;

    AttentionCauses(RunningPortal portal, Account operator) {
        this.portal = portal;
        this.charges = new SessionSteps(portal);
        this.operator = operator;
        ada = portal.driver("Ada");
        save(TestPlan.standard("home", "0.30"));
        portal.bean(OperatorBilling.class)
                .subscribe(
                        operator.id(),
                        new NewSubscription(ada.id(), "home", hoursAgo(960).toString(), "calendar", "Europe/Berlin"));
    }

    /**
     * A finding that was caused.
     *
     * @param subject subject of the item
     * @param words text of the item
     * @param there checks and resolves it on the page that the item links to
     * @param seen whether it goes away only when it is dismissed
     */
    record Cause(Object subject, String words, Consumer<Page> there, boolean seen) {

        static Cause mended(Object subject, String words, Consumer<Page> there) {
            return new Cause(subject, words, there, false);
        }

        static Cause seen(Object subject, String words, Consumer<Page> there) {
            return new Cause(subject, words, there, true);
        }
    }

    /** A kind without a cause and a resolution does not compile. */
    Cause cause(AttentionKind kind) {
        return switch (kind) {
            case ACCOUNTING_DIFFERENCE -> accountingDifference();
            case STEVE_NEVER_REACHED -> steveNeverReached();
            case SYNC_STOPPED -> syncStopped();
            case SYNC_PAUSED -> syncPaused();
            case SYNC_ERROR -> syncError();
            case STUCK_SESSION -> stuckSession();
            case AWAITING_FINAL_READING -> awaitingFinalReading();
            case UNLINKED_TAG -> unlinkedTag();
            case IMPLAUSIBLE_ENERGY -> implausibleEnergy();
            case UNPRICED_SESSIONS -> unpricedSessions();
            case UNSUPPORTED_PLAN -> unsupportedPlan();
            case PREPARED_INVOICES -> preparedInvoices();
            case FAILED_PRICE_POLL -> failedPricePoll();
            case REUSED_ID -> reusedId();
            case VANISHED_TRANSACTION -> vanishedTransaction();
            case DISPUTED_ENERGY -> disputedEnergy();
            case WRONG_CLOCK -> wrongClock();
            case FAILED_MAIL -> failedMail();
            case LOST_CARD -> lostCard();
            case DRIVER_NOTE -> driverNote();
        };
    }

    /** Only a bug or a manual change to the database causes it; neither can be fixed in the console. */
    private Cause accountingDifference() {
        long id = charges.completed("BOX-SUM", portal.card(ada), hoursAgo(5));
        noMoreReads(id);
        add(id, "0.5");
        portal.bean(Accounting.class).drawUp();
        return Cause.mended(id, "its events do not add up to the energy that counts", there -> {
            assertThat(there.locator("h1")).hasText("Transaction #" + id);
            // 7000 − 1000 Wh, and 0.5 kWh
            assertThat(there.locator("[data-part=events]")).containsText("6.500");
            add(id, "-0.5");
            portal.bean(Accounting.class).drawUp();
        });
    }

    /** A read of SteVe would repair the rows; the reads that follow a stop are done at once. */
    private void noMoreReads(long session) {
        sql("update sync_reads set reads_since_stop = 10 where steve_transaction_id = ?", session);
        sql("update transaction_sync_state set next_poll_at = now() where steve_transaction_id = ?", session);
        portal.bean(SyncEngine.class).runNow();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> portal.bean(JdbcClient.class)
                        .sql("select next_poll_at is null from transaction_sync_state where steve_transaction_id = ?")
                        .param(session)
                        .query(Boolean.class)
                        .single());
    }

    private void add(long session, String kwh) {
        sql("""
            update synced_transaction_events set kwh_delta = kwh_delta + cast(? as numeric)
             where steve_transaction_id = ? and is_final
            """, kwh, session);
    }

    /** State of an installation whose SteVe has not answered since it was set up. */
    private Cause steveNeverReached() {
        portal.steve.databaseDown(true);
        Awaitility.await().atMost(PATIENCE).until(() -> {
            sql("update sync_cursor set last_discovery_at = null");
            return portal.bean(SyncConcerns.class).contact().isMissing();
        });
        return Cause.mended("", "SteVe gives no usable answer: it answers with a server error", there -> {
            assertThat(there.locator("#health-steve")).containsText("SteVe’s log and its database");
            portal.steve.databaseDown(false);
        });
    }

    private Cause syncStopped() {
        portal.bean(SyncPauseService.class).pause(operator.id(), "SteVe moves house");
        return Cause.mended("", "Paused: “SteVe moves house”", there -> {
            there.locator("[data-part=pause] button").click();
            assertThat(there.locator(".notice")).containsText("Sync is resumed");
        });
    }

    private Cause syncPaused() {
        var tag = portal.card(ada);
        charges.completed("BOX-GONE", tag, hoursAgo(9));
        charges.completed("BOX-GONE", tag, hoursAgo(8));
        portal.steve.world().deleteTag(tag);
        portal.bean(SyncEngine.class).runNow();
        return Cause.mended("", "transactions of the last 90 days are no longer in SteVe", there -> {
            var own = there.locator("[data-part=own-pause]");
            own.locator("textarea").fill("The tag was deleted on purpose");
            own.locator("button").click();
            assertThat(there.locator(".notice")).isVisible();
            assertThat(own).hasCount(0);
        });
    }

    /** SteVe's database accepts any name; here, names must be printable. */
    private Cause syncError() {
        long id = portal.steve.world().startTransaction("BOX-ODD", 1, "TAG\u0007", minutesAgo(30), 1000);
        portal.bean(SyncEngine.class).runNow();
        return Cause.seen(id, "Transaction " + id + " is skipped: the idTag has 4 characters", there -> {
            assertThat(there.locator("h1")).containsText("Sync run #");
            assertThat(there.locator("main")).containsText("unprintable ones");
            portal.steve.world().deleteTag("TAG\u0007");
        });
    }

    private Cause stuckSession() {
        portal.steve.world().chargeBox("BOX-STUCK").behaviour(ChargeBoxBehaviour.OFFLINE);
        long id = charges.read(charges.start("BOX-STUCK", portal.card(ada), hoursAgo(5), 1000, 9000));
        return Cause.mended(id, "has sent nothing for more than two hours", there -> {
            assertThat(there.locator("[data-part=status]")).containsText("no reading for more than two hours");
            there.locator(".tx-close").click();
            there.locator("textarea[name=reason]").fill("The car is gone");
            there.locator(".btn-danger").click();
            assertThat(there).hasURL(Pattern.compile(".*done=closed-steve-unreachable"), PATIENT_ADDRESS);
        });
    }

    /** SteVe closed it below its start value; the station's own stop arrives later. */
    private Cause awaitingFinalReading() {
        long id = charges.start("BOX-BELOW", portal.card(ada), hoursAgo(2), 5000, 6000);
        charges.stop(id, hoursAgo(1), 400);
        charges.until(id, session -> session.closingFault().isPresent());
        sql(
                "update transaction_sync_state set finalized_at = finalized_at - interval '11 minutes'"
                        + " where steve_transaction_id = ?",
                id);
        return Cause.mended(id, "SteVe’s stop value is below the start value", there -> {
            assertThat(there.locator("[data-part=status]")).containsText("SteVe’s answer cannot close it");
            charges.stop(id, hoursAgo(1), 8000);
            charges.completed(id);
        });
    }

    private Cause unlinkedTag() {
        charges.read(charges.start("BOX-GUEST", "GUEST-77", minutesAgo(30), 1000, 3000));
        return Cause.mended("GUEST-77", "Unlinked tag GUEST-77 is charging now", there -> {
            there.locator("input[name=driver]").fill(ada.email());
            there.locator("button[name=start]").click();
            there.locator(".preview button[type=submit]").click();
            assertThat(there.locator(".notice-success")).containsText("1 session now belongs to its driver");
        });
    }

    private Cause implausibleEnergy() {
        long id = charges.start(
                "BOX-FAST", portal.card(ada), minutesAgo(55), 1000, 9_001_000, 9_002_000, 9_003_000, 9_004_000);
        charges.read(id);
        // 9,001,000 - 1000 Wh within ten minutes
        return Cause.mended(id, "Session " + id + ": 9,000.000 kWh need your confirmation", there -> {
            there.locator("#energy textarea").fill("A ferry");
            there.locator("#energy form button").click();
            assertThat(there.locator(".notice-success")).containsText("Jump confirmed");
            charges.until(id, session -> !session.hasJump());
        });
    }

    private Cause unpricedSessions() {
        var ben = portal.driver("Ben");
        charges.completed("BOX-FREE", portal.card(ben), hoursAgo(6));
        return Cause.mended(ben.id(), "Ben: 1 session with 6.00 kWh not covered by a subscription", there -> {
            there.locator("[name=planCode]").selectOption("home");
            there.locator("[name=startedAt]")
                    .fill(java.time.LocalDate.now(operator.timeZone()).minusDays(3) + "T00:00");
            there.locator("button", new Page.LocatorOptions().setHasText("Assign plan"))
                    .click();
            assertThat(there.locator(".notice")).hasText("Plan assigned.");
        });
    }

    private Cause unsupportedPlan() {
        save(TestPlan.unsupported("share"));
        return Cause.mended("share 1", "Plan share, version 1", there -> {
            there.locator("[name=json]").fill("""
                {"code":"share","name":"Share","interval":"monthly","amount_cents":0,"amount_currency":"EUR",
                 "charges":[{"billable_metric_code":"energy_kwh","charge_model":"standard",
                             "properties":{"amount":"0.35"}}]}
                """);
            there.locator(".form-foot button[type=submit]").click();
            assertThat(there.locator(".notice")).containsText("Plan saved");
        });
    }

    private Cause preparedInvoices() {
        sql("""
            insert into invoices (driver_id, kind, period_from, period_to, currency, vat_rate, net, vat, total, issuer,
                   recipient_name, recipient_email, issued_on, due_on, created_at, number, drawn_up_at)
            select id, 'adjustment', now(), now(), 'EUR', 0, 1, 0, 1, 'portal', name, email, current_date, current_date,
                   now(), '2026-000001', now()
              from accounts where id = ?
            """, ada.id().value());
        return Cause.mended("", "1 invoice waits for its issuer", there -> {
            there.locator("[name=legalName]").fill("Ladewerk GmbH");
            there.locator("[name='address.street']").fill("Hafenstraße 7");
            there.locator("[name='address.postcode']").fill("50667");
            there.locator("[name='address.city']").fill("Köln");
            there.locator("[name='address.country']").selectOption("DE");
            there.locator("[name=vatId]").fill("DE123456789");
            there.locator("[name=contact]").fill("Petra");
            there.locator("[name=email]").fill("bills@example.org");
            there.locator(".form-foot button[type=submit]").click();
            assertThat(there.locator(".notice")).containsText("1 invoice was finalized");
        });
    }

    /** The next poll that succeeds resolves it; no address is polled here. */
    private Cause failedPricePoll() {
        sql("""
            insert into price_series (code, name, currency, unit, created_at, polled_at, poll_failure, failing_since)
            values ('spot', 'Spot market', 'EUR', 'mwh', now(), now(), 'refused', now() - interval '2 hours')
            """);
        return Cause.mended("spot", "Spot market", there -> {
            assertThat(there.locator("h1")).hasText("Spot market");
            sql("update price_series set poll_failure = null, failing_since = null where code = 'spot'");
        });
    }

    /** SteVe's database was recreated, and its ids start again. */
    private Cause reusedId() {
        var tag = portal.card(ada);
        long id = charges.completed("BOX-OLD", tag, hoursAgo(7));
        portal.steve.world().deleteTag(tag);
        portal.steve.world().startTransactionAs(id, "BOX-NEW", 1, portal.card(ada), minutesAgo(20), 100);
        portal.bean(SyncEngine.class).runNow();
        return Cause.seen(id, "Transaction " + id + ": ", there -> {
            assertThat(there.locator("[data-part=facts]")).containsText("BOX-OLD");
            assertThat(there.locator("[data-part=sync]")).containsText("BOX-NEW");
        });
    }

    /** Its idTag was deleted in SteVe an hour ago, and two comparisons missed it. */
    private Cause vanishedTransaction() {
        var tag = portal.card(ada);
        long id = charges.read(charges.start("BOX-LOST", tag, hoursAgo(1), 1000, 3500));
        portal.steve.world().deleteTag(tag);
        sql("""
            update sync_reads set missed = 2, first_missed_at = now() - interval '2 hours',
                                  last_missed_at = now() - interval '1 hour'
             where steve_transaction_id = ?
            """, id);
        portal.bean(SyncEngine.class).runNow();
        // It counts as gone at the first check after the comparison of the last 90 days.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            charges.lookAgain(id);
            return portal.bean(SessionService.class)
                    .find(new SessionId(id))
                    .filter(session -> session.goneFromSteveAt().isPresent())
                    .isPresent();
        });
        // 3500 - 1000
        return Cause.seen(id, "is no longer in SteVe; its last reading gave 2.500 kWh", there -> {
            assertThat(there.locator("[data-part=status]")).containsText("SteVe no longer has the transaction");
            assertThat(there.locator(".title .status")).hasText("Completed");
        });
    }

    /** 1000 → 6000, then the register restarts: 500 → 2500; SteVe has 2500 − 1000. */
    private Cause disputedEnergy() {
        long id = charges.start("BOX-RESET", portal.card(ada), hoursAgo(1), 1000, 6000, 500, 1500, 2500);
        charges.stop(id, minutesAgo(5), 2500);
        charges.completed(id);
        // 5 kWh and 2 kWh were measured; SteVe has 1.5 kWh
        return Cause.mended(
                id, "Session " + id + ": SteVe’s number is 5.500 kWh (€1.65) below the measured one", there -> {
                    assertThat(there.locator("[data-part=numbers]")).containsText("7.000 kWh");
                    there.locator("input[value=measured]").check();
                    there.locator("textarea[name=reason]").fill("The meter restarted");
                    there.locator(".form-foot button[type=submit]").click();
                    assertThat(there.locator(".notice-success")).containsText("Energy decided");
                });
    }

    /** A station whose clock was never set; its session was over before sync saw it. */
    private Cause wrongClock() {
        long id = charges.start("BOX-1970", portal.card(ada), Instant.EPOCH.plusSeconds(60), 1000, 3000);
        charges.stop(id, Instant.EPOCH.plusSeconds(1800), 3000);
        charges.completed(id);
        return Cause.seen(
                id,
                "Session " + id + ": SteVe says it started on",
                there -> assertThat(there.locator("[data-part=facts]")).containsText("SteVe says"));
    }

    /** State of a mail whose day passed without a mail server. */
    private Cause failedMail() {
        long id = portal.bean(JdbcClient.class)
                .sql("""
                    insert into mails (account_id, kind, subject, created_at, expires_at, tries, failed_at, last_error)
                    values (?, 'session_ended', '0', now() - interval '25 hours', now() - interval '1 hour', 9,
                            now() - interval '10 minutes', 'MailSendException') returning id
                    """)
                .param(ada.id().value())
                .query(Long.class)
                .single();
        return Cause.mended(id, "Session ended to Ada was not delivered", there -> {
            there.locator("#mail-" + id + " form[action$='/retry'] button").click();
            assertThat(there.locator(".notice")).hasText("The e-mail is being sent again.");
        });
    }

    private Cause lostCard() {
        var tag = portal.card(ada);
        var card = portal.bean(CardService.class).ofIdTag(new IdTag(tag)).getFirst();
        portal.bean(LostCardService.class).report(ada.id(), card.id());
        return Cause.seen(
                note(),
                "Ada reported card " + card.id().value() + " lost",
                there -> assertThat(there.locator("main li", new Page.LocatorOptions().setHasText(tag)))
                        .containsText("Lost"));
    }

    private Cause driverNote() {
        long id = charges.completed("BOX-NOTE", portal.card(ada), hoursAgo(4));
        portal.bean(OperatorNotes.class).aboutSession(ada.id(), id, "My car shows 7 kWh.");
        return Cause.seen(
                note(),
                "Ada about session " + id,
                there -> assertThat(there.locator("[data-part=notes]")).containsText("My car shows 7 kWh."));
    }

    private long note() {
        return portal.bean(OperatorNotes.class)
                .page(Optional.empty(), 1)
                .getFirst()
                .id();
    }

    private void save(TestPlan plan) {
        portal.bean(OperatorBilling.class).savePlan(operator.id(), plan.json());
    }

    private void sql(String statement, Object... parameters) {
        assertThat(portal.bean(JdbcClient.class)
                        .sql(statement)
                        .params(parameters)
                        .update())
                .isPositive();
    }
}
