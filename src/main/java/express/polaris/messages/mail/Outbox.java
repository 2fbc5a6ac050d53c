package express.polaris.messages.mail;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.platform.time.ClockMoved;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Queue of outgoing mails. A queued mail survives a restart and a server that rejects it; the pause before each
 * further try grows. Safe on several nodes: a mail is claimed before it is tried. A mail that the server accepted just
 * as the process died is sent again, with the same Message-ID.
 */
@Service
public class Outbox {

    /** Reason of a mail that was given up without anybody missing it. */
    static final String NO_RECIPIENT = "no recipient";

    static final String NOTHING_TO_SAY = "no content";

    private static final int AT_A_TIME = 10;

    /** How soon a mail is wanted. */
    enum Urgency {
        /** Somebody waits for it: it is good for an hour at most. */
        AWAITED,
        ANY_TIME
    }

    private final JdbcClient jdbc;
    private final boolean available;
    private final Clock clock;

    Outbox(JdbcClient jdbc, ObjectProvider<MailTransport> transport, Clock clock) {
        this.jdbc = jdbc;
        this.available = transport.getIfAvailable() != null;
        this.clock = clock;
    }

    record Due(long id, AccountId account, String kind, String subject, Instant createdAt, int tries) {

        /**
         * Identifies the mail to its recipient's server: the same for every attempt, on every node. The time tells mails
         * of two databases apart.
         */
        String messageId() {
            var micros = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt);
            return "<" + id + "." + micros + "@polaris-express>";
        }
    }

    /**
     * The database's clock was set: what was due before stays due. A mail that was tried may be on its way, unless its
     * next try is later than any can be.
     */
    @EventListener
    void on(ClockMoved event) {
        if (event.isBack()) {
            jdbc.sql("""
                update mails set next_try_at = :now
                 where next_try_at > :now and (tries = 0 or next_try_at > :now + interval '4 hours')
                """).param("now", SqlTime.utc(clock.instant())).update();
        }
    }

    /**
     * Mail that was given up.
     *
     * @param lastError kind of failure
     */
    public record Failed(
            long id,
            AccountId account,
            String kind,
            Instant createdAt,
            Instant failedAt,
            int tries,
            String lastError) {}

    /** Whether this installation can send mail. */
    public boolean isAvailable() {
        return available;
    }

    /**
     * Queues a mail in the caller's transaction; does nothing if this installation cannot send mail.
     *
     * @param kind a kind that a {@link MailWriter} writes
     * @param subject id of what the mail is about; never a secret
     * @param goodFor how long the mail is worth sending
     */
    public void queue(AccountId account, String kind, String subject, Duration goodFor) {
        if (!available) {
            return;
        }
        var now = clock.instant();
        jdbc.sql("""
            insert into mails (account_id, kind, subject, created_at, expires_at, next_try_at)
            values (:account, :kind, :subject, :now, :expires, :now)
            """)
                .param("account", account.value())
                .param("kind", kind)
                .param("subject", subject)
                .param("now", SqlTime.utc(now))
                .param("expires", SqlTime.utc(now.plus(goodFor)))
                .update();
    }

    /** Given-up mails, latest first. */
    public List<Failed> failed(int limit) {
        return jdbc.sql("""
            select id, account_id, kind, created_at, failed_at, tries, coalesce(last_error, '') as last_error
              from mails where failed_at is not null order by failed_at desc, id desc limit :limit
            """).param("limit", limit).query(Outbox::failed).list();
    }

    /**
     * Claims due mails. A claimed mail is due again after the pause before its next try, unless it is settled earlier.
     */
    List<Due> claim(Urgency urgency) {
        return jdbc.sql("""
            update mails
               set tries = tries + 1,
                   next_try_at = :now + least(interval '30 seconds' * power(3, least(tries, 8)), interval '4 hours')
             where id in (select id from mails
                           where next_try_at <= :now and (expires_at - created_at <= interval '1 hour') = :awaited
                           order by next_try_at limit :limit for update skip locked)
            returning id, account_id, kind, subject, created_at, tries
            """)
                .param("now", SqlTime.utc(clock.instant()))
                .param("awaited", urgency == Urgency.AWAITED)
                .param("limit", AT_A_TIME)
                .query((row, number) -> new Due(
                        row.getLong("id"),
                        new AccountId(row.getLong("account_id")),
                        row.getString("kind"),
                        row.getString("subject"),
                        SqlTime.required(row, "created_at"),
                        row.getInt("tries")))
                .list();
    }

    void sent(long id) {
        jdbc.sql("update mails set sent_at = :now, next_try_at = null, last_error = null where id = :id")
                .param("now", SqlTime.utc(clock.instant()))
                .param("id", id)
                .update();
    }

    /**
     * Keeps the mail queued unless it expires before its next try.
     *
     * @return whether it was given up
     */
    boolean notSent(long id, String error) {
        return jdbc.sql("""
            update mails
               set last_error = :error,
                   failed_at = case when next_try_at >= expires_at then cast(:now as timestamptz) end,
                   next_try_at = case when next_try_at < expires_at then next_try_at end
             where id = :id
            returning failed_at is not null
            """)
                .param("error", error)
                .param("now", SqlTime.utc(clock.instant()))
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Gives up a mail that has no recipient or nothing left to say. */
    void dropped(long id, String why) {
        jdbc.sql("update mails set failed_at = :now, next_try_at = null, last_error = :why where id = :id")
                .param("now", SqlTime.utc(clock.instant()))
                .param("why", why)
                .param("id", id)
                .update();
    }

    /**
     * Queues a given-up mail again, to expire in one hour at the earliest.
     *
     * @return whether the mail had been given up
     */
    boolean tryAgain(long id) {
        return jdbc.sql("""
            update mails
               set failed_at = null, next_try_at = :now, tries = 0,
                   expires_at = greatest(expires_at, :now + interval '1 hour')
             where id = :id and failed_at is not null
            """)
                        .param("now", SqlTime.utc(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Failed failed(ResultSet row, int number) throws SQLException {
        return new Failed(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                row.getString("kind"),
                SqlTime.required(row, "created_at"),
                SqlTime.required(row, "failed_at"),
                row.getInt("tries"),
                row.getString("last_error"));
    }
}
