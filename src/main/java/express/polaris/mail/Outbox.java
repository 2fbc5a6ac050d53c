package express.polaris.mail;

import express.polaris.accounts.AccountId;
import express.polaris.database.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Mails that are to be sent. One that is queued outlives the process, and a server that does not take it; each further
 * try waits longer. Safe on several nodes: a mail is claimed before it is tried. One that was taken at the moment the
 * process died is sent again.
 */
@Service
public class Outbox {

    /** Why a mail is given up that nobody misses. */
    static final String NO_RECIPIENT = "no recipient";

    static final String NOTHING_TO_SAY = "nothing to say";

    private static final int AT_A_TIME = 10;

    private final JdbcClient jdbc;
    private final boolean available;
    private final Clock clock;

    Outbox(JdbcClient jdbc, ObjectProvider<MailTransport> transport, Clock clock) {
        this.jdbc = jdbc;
        this.available = transport.getIfAvailable() != null;
        this.clock = clock;
    }

    /** A mail whose turn it is. */
    record Due(long id, AccountId account, String kind, String subject, int tries) {}

    /**
     * A mail that was given up.
     *
     * @param lastError the kind of failure
     */
    public record Failed(
            long id,
            AccountId account,
            String kind,
            Instant createdAt,
            Instant failedAt,
            int tries,
            String lastError) {}

    /** Whether this installation can send mails at all. */
    public boolean isAvailable() {
        return available;
    }

    /**
     * Queues a mail, in the caller's transaction; nothing where mails cannot be sent.
     *
     * @param kind one that a {@link MailWriter} writes
     * @param subject what it is about: an id, never a secret
     * @param goodFor how long it is worth sending
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

    /** Those that were given up, the latest first: for operators. */
    public List<Failed> failed(int limit) {
        return jdbc.sql("""
            select id, account_id, kind, created_at, failed_at, tries, coalesce(last_error, '') as last_error
              from mails where failed_at is not null order by failed_at desc, id desc limit :limit
            """).param("limit", limit).query(Outbox::failed).list();
    }

    /** Claims what is due; a claimed mail is due again after the pause of its next try, unless it is settled before. */
    List<Due> claim() {
        return jdbc.sql("""
            update mails
               set tries = tries + 1,
                   next_try_at = :now + least(interval '30 seconds' * power(3, least(tries, 8)), interval '4 hours')
             where id in (select id from mails where next_try_at <= :now
                           order by next_try_at limit :limit for update skip locked)
            returning id, account_id, kind, subject, tries
            """)
                .param("now", SqlTime.utc(clock.instant()))
                .param("limit", AT_A_TIME)
                .query((row, number) -> new Due(
                        row.getLong("id"),
                        new AccountId(row.getLong("account_id")),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getInt("tries")))
                .list();
    }

    void sent(long id) {
        jdbc.sql("update mails set sent_at = :now, next_try_at = null, last_error = null where id = :id")
                .param("now", SqlTime.utc(clock.instant()))
                .param("id", id)
                .update();
    }

    /** It stays due unless its time is over; whether it was given up. */
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

    /** There is nothing to say any more, or nobody to say it to. */
    void dropped(long id, String why) {
        jdbc.sql("update mails set failed_at = :now, next_try_at = null, last_error = :why where id = :id")
                .param("now", SqlTime.utc(clock.instant()))
                .param("why", why)
                .param("id", id)
                .update();
    }

    /** Old mails, sent or not. */
    void forget() {
        jdbc.sql("delete from mails where next_try_at is null and created_at < :now - interval '90 days'")
                .param("now", SqlTime.utc(clock.instant()))
                .update();
    }

    /** Its time is over or its server refused it for good; somebody wants it tried again, with an hour to succeed. */
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
