package express.polaris.messages.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.parties.IssuerService;
import express.polaris.billing.parties.WantedIssuer;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.messages.notifications.NotificationChoices.Ways;
import express.polaris.sessions.SessionNote;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Charging;
import express.polaris.testing.MailServer;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class NotificationServiceTest {

    private final Portal portal;
    private final Charging charging;
    private final SimulatedSteve steve;
    private final DueNotifications due;
    private final NotificationService notifications;
    private final NotificationChoices choices;
    private final Tools tools;

    record Tools(
            JdbcClient jdbc,
            MutableClock clock,
            CardLinkService links,
            IssuerService issuers,
            NotificationMails mails) {}

    NotificationServiceTest(
            Portal portal,
            Charging charging,
            SimulatedSteve steve,
            DueNotifications due,
            NotificationService notifications,
            NotificationChoices choices,
            JdbcClient jdbc,
            MutableClock clock,
            CardLinkService links,
            IssuerService issuers,
            NotificationMails mails) {
        this.portal = portal;
        this.charging = charging;
        this.steve = steve;
        this.due = due;
        this.notifications = notifications;
        this.choices = choices;
        this.tools = new Tools(jdbc, clock, links, issuers, mails);
    }

    @Test
    void theEndOfASessionIsNotifiedOnceAcrossAllNodes() throws Exception {
        var driver = portal.driver();
        long id = ended(driver, Optional.of("EVDisconnected"));
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : nodes.invokeAll(Collections.<Callable<Boolean>>nCopies(8, () -> {
                due.tellWhatIsDue();
                return true;
            }))) {
                assertThat(node.get()).isTrue();
            }
        }
        var mail = MailServer.await(driver.email(), 1);
        assertThat(mail.subject()).isEqualTo("Your session has ended");
        // 1000 Wh at the start, 7000 Wh at the stop, 25 minutes later
        assertThat(mail.plain()).contains("6.00 kWh", "25 min");
        assertThat(mail.path()).isEqualTo("/sessions/" + id);
        due.tellWhatIsDue();
        assertThat(kinds(driver)).containsExactly(NotificationKind.SESSION_ENDED);
        assertThat(mailsQueuedFor(driver)).isEqualTo(1);
        assertThat(portal.signedIn(driver).get("/notifications").body())
                .contains("Your session has ended", "6.00 kWh", "/sessions/" + id);
    }

    @Test
    void anInterruptedSessionIsNotAlsoNotifiedAsEnded() {
        var driver = portal.driver();
        ended(driver, Optional.of("PowerLoss"));
        due.tellWhatIsDue();
        assertThat(kinds(driver)).containsExactly(NotificationKind.SESSION_INTERRUPTED);
        assertThat(MailServer.await(driver.email(), 1).subject()).isEqualTo("Your session was interrupted");
    }

    @Test
    void aSessionThatStoppedSevenHoursAgoIsNotNotified() {
        var driver = portal.driver();
        var card = charging.card(driver, "Fob");
        var start = charging.now();
        long id = charging.begin(charging.chargeBox(), card, start);
        tools.clock().advance(Duration.ofHours(7));
        charging.end(id, start.plus(Duration.ofMinutes(25)), 7000);
        charging.until(id, session -> !session.isLive() && session.isFinal());
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
    }

    @Test
    void aBackdatedLinkDoesNotNotifyAboutAnEndedSession() {
        var driver = portal.driver();
        // the card is linked now, from ten days ago; the session stopped half an hour ago
        charging.completed(driver, charging.now().minus(Duration.ofMinutes(55)));
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
    }

    @Test
    void aPluggedInCarThatTakesNoEnergyIsNotifiedAsFull() {
        var driver = portal.driver();
        var start = charging.now();
        long id = charging.begin(charging.chargeBox(), charging.card(driver, "Fob"), start);
        tools.clock().set(start.plus(Duration.ofMinutes(21)));
        charging.until(id, session -> session.energy().wattHours().longValueExact() == 4000);
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
        var later = start.plus(Duration.ofMinutes(30));
        tools.clock().set(later.plusSeconds(10));
        steve.world().addMeterValue(id, SimulatedMeterValue.power(later, 0));
        steve.world().addMeterValue(id, SimulatedMeterValue.energy(later, 5000));
        charging.until(
                id,
                session -> session.note(tools.clock().instant()).equals(Optional.of(SessionNote.IDLE))
                        && session.meter().lastReadingAt().equals(Optional.of(later)));
        due.tellWhatIsDue();
        due.tellWhatIsDue();
        assertThat(kinds(driver)).containsExactly(NotificationKind.CAR_FULL);
        assertThat(MailServer.await(driver.email(), 1).plain()).contains("still plugged in", "4.00 kWh");
    }

    @Test
    void aBackdatedLinkDoesNotNotifyAboutAFullCar() {
        var start = charging.now();
        var later = start.plus(Duration.ofMinutes(30));
        // Keeps sync from seeing readings that are still in the future.
        tools.clock().set(later.plusSeconds(10));
        var tag = "FULL-" + start.toEpochMilli();
        steve.world().addTag(tag);
        long id = steve.world().startTransaction(charging.chargeBox(), 1, tag, start, 1000);
        charging.reading(id, start.plus(Duration.ofMinutes(10)), 3000);
        charging.reading(id, start.plus(Duration.ofMinutes(20)), 5000);
        steve.world().addMeterValue(id, SimulatedMeterValue.power(later, 0));
        steve.world().addMeterValue(id, SimulatedMeterValue.energy(later, 5000));
        charging.until(id, session -> session.meter().lastReadingAt().equals(Optional.of(later)));
        var driver = portal.driver();
        assertThat(tools.links()
                        .link(new IdTag(tag), driver.id(), Optional.empty(), Optional.of(start.minusSeconds(60))))
                .satisfies(done -> assertThat(done.attachedSessions()).isEqualTo(1));
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
    }

    @Test
    void aNewInvoiceIsNotified() {
        var driver = portal.driver();
        var now = tools.clock().instant();
        invoice(driver, "1999-" + driver.id(), now, now.plus(Duration.ofDays(1)));
        // the account did not exist yet when the period of this invoice ended
        invoice(driver, "1998-" + driver.id(), now, now.minus(Duration.ofDays(400)));
        due.tellWhatIsDue();
        due.tellWhatIsDue();
        var mail = MailServer.await(driver.email(), 1);
        assertThat(mail.path()).isEqualTo("/invoices/1999-" + driver.id());
        assertThat(mail.plain()).contains("€11.90");
        assertThat(kinds(driver)).containsExactly(NotificationKind.INVOICE_READY);
    }

    /** Red means that a driver is dunned without the operator's wish, too early, twice, or after paying. */
    @Test
    void anOverdueInvoiceIsBroughtToMindOnceAndOnlyIfWanted() {
        var driver = portal.driver();
        TestIssuer.save(tools.jdbc());
        overdue(driver, "A-" + driver.id(), 7, false);
        overdue(driver, "B-" + driver.id(), 6, false);
        overdue(driver, "C-" + driver.id(), 7, true);
        overdue(driver, "D-" + driver.id(), 60, false);
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
        remindAfter("7");
        try {
            due.tellWhatIsDue();
            due.tellWhatIsDue();
        } finally {
            remindAfter("");
        }
        assertThat(kinds(driver)).containsExactly(NotificationKind.INVOICE_REMINDER);
        var mail = MailServer.await(driver.email(), 1);
        assertThat(mail.subject()).isEqualTo("An invoice is not paid yet");
        assertThat(mail.path()).isEqualTo("/invoices/A-" + driver.id());
    }

    /** Red means that a reminder that waits for the mail server goes out after the payment. */
    @Test
    void aReminderIsNotSentAfterThePayment() {
        var driver = portal.driver();
        TestIssuer.save(tools.jdbc());
        overdue(driver, "E-" + driver.id(), 7, false);
        long id = tools.jdbc()
                .sql("""
                    insert into notifications (account_id, kind, invoice_number, created_at, in_portal)
                    values (?, 'invoice_reminder', ?, now(), true) returning id
                    """)
                .param(driver.id().value())
                .param("E-" + driver.id())
                .query(Long.class)
                .single();
        assertThat(tools.mails().write("invoice_reminder", Long.toString(id), driver))
                .isPresent();
        tools.jdbc()
                .sql("update invoices set paid_at = now() where number = ?")
                .param("E-" + driver.id())
                .update();
        assertThat(tools.mails().write("invoice_reminder", Long.toString(id), driver))
                .isEmpty();
    }

    private void remindAfter(String days) {
        var usual = TestIssuer.wanted();
        tools.issuers()
                .save(
                        portal.operator().id(),
                        new WantedIssuer(
                                usual.legalName(),
                                usual.address(),
                                usual.taxNumber(),
                                usual.vatId(),
                                usual.register(),
                                usual.contact(),
                                usual.email(),
                                usual.phone(),
                                usual.bank(),
                                usual.logo(),
                                usual.footer(),
                                usual.daysToPay(),
                                usual.numberFormat(),
                                usual.vatNote(),
                                days));
    }

    private void overdue(Account driver, String number, int days, boolean paid) {
        tools.jdbc()
                .sql("""
                    insert into invoices (driver_id, kind, period_from, period_to, currency, vat_rate, net, vat, total,
                            issuer, recipient_name, recipient_email, issued_on, due_on, created_at, number, drawn_up_at,
                            finalized_at, issuer_version, recipient_kind, paid_at)
                    select :driver, 'adjustment', at, at, 'EUR', 0, 10, 0, 10, 'Issuer', 'Driver', 'd@people.example',
                           day - 14, day, at, :number, at, at, 1, 'person', case when :paid then at end
                      from (select cast(:now as timestamptz) - interval '80 days' as at,
                                   cast(cast(:now as timestamptz) at time zone 'Europe/Berlin' as date) - :days as day) d
                    """)
                .param("driver", driver.id().value())
                .param("number", number)
                .param("days", days)
                .param("paid", paid)
                .param("now", tools.clock().instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
    }

    @Test
    void aDisabledNotificationIsNeverSent() {
        var driver = portal.driver();
        var none = new EnumMap<NotificationKind, Ways>(NotificationKind.class);
        for (var kind : NotificationKind.values()) {
            none.put(kind, new Ways(false, false));
        }
        choices.choose(driver.id(), none);
        ended(driver, Optional.of("Local"));
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
        assertThat(notifications.unread(driver.id())).isZero();
        assertThat(mailsQueuedFor(driver)).isZero();
        // nor is it sent later when notifications are enabled again
        none.put(NotificationKind.SESSION_ENDED, new Ways(true, true));
        choices.choose(driver.id(), none);
        due.tellWhatIsDue();
        assertThat(kinds(driver)).isEmpty();
    }

    @Test
    void markingNotificationsAsReadLeavesLaterAndForeignOnesUnread() {
        var driver = portal.driver();
        ended(driver, Optional.of("Local"));
        due.tellWhatIsDue();
        var first = notifications.latest(driver.id(), 1).getFirst().id();
        ended(driver, Optional.of("Local"));
        due.tellWhatIsDue();
        var stranger = portal.signedIn(portal.driver());
        stranger.post("/notifications/read", Map.of("upTo", Long.toString(Long.MAX_VALUE)));
        assertThat(notifications.latest(driver.id(), 9)).allMatch(Notification::isUnread);
        portal.signedIn(driver).post("/notifications/read", Map.of("upTo", Long.toString(first)));
        assertThat(notifications.latest(driver.id(), 9))
                .extracting(Notification::isUnread)
                .containsExactly(true, false);
    }

    /** A session of 6 kWh in 25 minutes, with a card linked beforehand. */
    private long ended(Account driver, Optional<String> reason) {
        var start = charging.now();
        long id = charging.begin(charging.chargeBox(), charging.card(driver, "Fob"), start);
        var stop = start.plus(Duration.ofMinutes(25));
        tools.clock().set(stop.plusSeconds(5));
        steve.world().stopTransaction(id, stop, 7000, reason, StopActor.STATION);
        charging.until(id, session -> !session.isLive() && session.isFinal());
        return id;
    }

    private void invoice(Account driver, String number, Instant finalized, Instant until) {
        tools.jdbc()
                .sql("""
                    insert into invoices (driver_id, kind, period_from, period_to, currency, vat_rate, net, vat, total,
                            issuer, recipient_name, recipient_email, issued_on, due_on, created_at, number, drawn_up_at, finalized_at)
                    values (:driver, 'adjustment', cast(:until as timestamptz) - interval '1 month', :until, 'EUR', 19,
                            10, 1.9, 11.9, 'Issuer', 'Driver', 'driver@people.example', date '2026-01-01',
                            date '2026-01-15', :now, :number, :now, :now)
                    """)
                .param("driver", driver.id().value())
                .param("until", until.atOffset(java.time.ZoneOffset.UTC))
                .param("now", finalized.atOffset(java.time.ZoneOffset.UTC))
                .param("number", number)
                .update();
    }

    private java.util.List<NotificationKind> kinds(Account driver) {
        return notifications.latest(driver.id(), 50).stream()
                .map(Notification::kind)
                .toList();
    }

    private long mailsQueuedFor(Account driver) {
        return tools.jdbc()
                .sql("select count(*) from mails where account_id = :account")
                .param("account", driver.id().value())
                .query(Long.class)
                .single();
    }
}
