package express.polaris.messages.notifications;

import express.polaris.messages.mail.Outbox;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionCompleted;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionNote;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds due notifications. They follow from a database query, so a restart loses none; the end of a session only
 * triggers the query sooner. A session that stopped more than six hours ago is not reported, nor is one whose card was
 * linked after its stop or after its car was full. An invoice that should have been brought to mind more than 30 days ago
 * is not. Safe on several nodes: unique indexes allow each notification once.
 */
@Component
class DueNotifications {

    private static final Duration WITHOUT_NEWS = Duration.ofSeconds(15);
    private static final Duration MAIL_IS_GOOD_FOR = Duration.ofHours(24);

    /** Stop reasons (OCPP 1.6, 7.36) that neither the driver nor the car causes. */
    private static final String INTERRUPTIONS =
            "'EmergencyStop', 'PowerLoss', 'HardReset', 'SoftReset', 'Reboot', 'DeAuthorized'";

    private final JdbcClient jdbc;
    private final NotificationService notifications;
    private final SessionService sessions;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final ZoneId zone;
    private final Clock clock;
    private final AtomicBoolean news = new AtomicBoolean(true);
    private Instant looked = Instant.MIN;

    DueNotifications(
            JdbcClient jdbc,
            NotificationService notifications,
            SessionService sessions,
            Outbox outbox,
            TransactionTemplate transaction,
            Settings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.sessions = sessions;
        this.outbox = outbox;
        this.transaction = transaction;
        this.zone = settings.timeZone();
        this.clock = clock;
    }

    private record Told(Notification notification, boolean byMail) {}

    @TransactionalEventListener(fallbackExecution = true)
    void on(SessionCompleted event) {
        news.set(true);
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT1S")
    void lookIfThereIsReason() {
        var now = clock.instant();
        if (news.getAndSet(false) || Duration.between(looked, now).abs().compareTo(WITHOUT_NEWS) >= 0) {
            looked = now;
            tellWhatIsDue();
        }
    }

    void tellWhatIsDue() {
        var now = SqlTime.utc(clock.instant());
        tell("""
            select s.driver_id, case when s.stop_reason in (%s) then 'session_interrupted' else 'session_ended' end,
                   s.steve_transaction_id, cast(null as text)
              from transaction_sync_state s
              join ev_cards c on c.id = s.ev_card_id and c.created_at <= s.stopped_at
             where %s and s.stopped_at > :now - interval '6 hours'
               and not exists (select from notifications n
                                where n.steve_transaction_id = s.steve_transaction_id
                                  and n.kind in ('session_ended', 'session_interrupted'))
            """.formatted(INTERRUPTIONS, SessionStatus.COMPLETED_IN_SQL), now, new Long[0]);
        tell("""
            select i.driver_id, 'invoice_ready', cast(null as bigint), i.number
              from invoices i join accounts a on a.id = i.driver_id
             where i.finalized_at > :now - interval '6 hours' and a.created_at < i.period_to
               and not exists (select from notifications n
                                where n.invoice_number = i.number and n.kind = 'invoice_ready')
            """, now, new Long[0]);
        tell("""
            select i.driver_id, 'invoice_reminder', cast(null as bigint), i.number
              from invoices i
              join issuers s on s.version = (select max(version) from issuers)
             cross join lateral (select i.due_on + s.reminder_after_days as reminded_on) r
             where i.drawn_up_at is not null and i.paid_at is null and i.total > 0 and i.cancelled_by is null
               and i.kind <> 'cancellation'
               and i.issuer_version is not null
               and r.reminded_on <= cast(:now at time zone :zone as date)
               and r.reminded_on > cast(:now at time zone :zone as date) - 30
               and not exists (select from notifications n
                                where n.invoice_number = i.number and n.kind = 'invoice_reminder')
            """, now, new Long[0]);
        var full = carsThatAreFull(now);
        if (full.length > 0) {
            tell("""
                select s.driver_id, 'car_full', s.steve_transaction_id, cast(null as text)
                  from transaction_sync_state s
                  join ev_cards c on c.id = s.ev_card_id and c.created_at <= s.last_energy_at
                 where s.steve_transaction_id = any(:sessions) and not s.is_finalized
                """, now, full);
        }
    }

    /** Live sessions that have charged and have had no energy for five minutes while readings continue. */
    private Long[] carsThatAreFull(OffsetDateTime now) {
        var candidates = jdbc.sql("""
            select s.steve_transaction_id
              from transaction_sync_state s
              join ev_cards c on c.id = s.ev_card_id and c.created_at <= s.last_energy_at
             where not s.is_finalized and s.energy_wh > 0
               and s.last_energy_at <= s.last_reading_at - interval '5 minutes'
               and s.last_reading_at > :now - interval '6 hours'
               and not exists (select from notifications n
                                where n.steve_transaction_id = s.steve_transaction_id and n.kind = 'car_full')
            """)
                .param("now", now)
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
        return candidates.isEmpty()
                ? new Long[0]
                : sessions.find(candidates).stream()
                        .filter(session -> isIdle(session, now.toInstant()))
                        .map(session -> session.id().value())
                        .toArray(Long[]::new);
    }

    private static boolean isIdle(ChargingSession session, Instant now) {
        return session.note(now).filter(SessionNote.IDLE::equals).isPresent();
    }

    /** Stores the notifications and queues their mails in one transaction. */
    private void tell(String due, OffsetDateTime now, Long[] about) {
        List<Told> told = transaction.execute(status -> {
            var inserted = insert(due, now, about);
            inserted.stream()
                    .filter(Told::byMail)
                    .map(Told::notification)
                    .forEach(mail -> outbox.queue(
                            mail.account(), mail.kind().wireName(), Long.toString(mail.id()), MAIL_IS_GOOD_FOR));
            return inserted;
        });
        told.forEach(one -> notifications.cameFor(one.notification().account()));
    }

    private List<Told> insert(String due, OffsetDateTime now, Long[] about) {
        return jdbc.sql("""
            with due (account_id, kind, steve_transaction_id, invoice_number) as (%s),
                 wanted as (
                    select due.*, coalesce(c.in_portal, true) as in_portal
                      from due
                      join accounts a on a.id = due.account_id and a.disabled_at is null
                      left join notification_choices c on c.account_id = due.account_id and c.kind = due.kind),
                 told as (
                    insert into notifications
                        (account_id, kind, steve_transaction_id, invoice_number, created_at, in_portal)
                    select account_id, kind, steve_transaction_id, invoice_number, :now, in_portal from wanted
                     order by steve_transaction_id, invoice_number, kind
                    on conflict do nothing
                    returning id, account_id, kind, steve_transaction_id, invoice_number, statement_number, created_at,
                              read_at)
            select told.*, coalesce(c.by_mail, true) as by_mail
              from told left join notification_choices c on c.account_id = told.account_id and c.kind = told.kind
            """.formatted(due))
                .param("now", now)
                .param("zone", zone.getId())
                .param("sessions", about)
                .query((row, number) ->
                        new Told(NotificationService.notification(row, number), row.getBoolean("by_mail")))
                .list();
    }
}
