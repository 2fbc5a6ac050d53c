package express.polaris.messages.mail;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Waiting and given-up mails for operators: by recipient, never with address or text. */
@Service
public class OperatorMails {

    private static final String[] MISSED_BY_NOBODY = {Outbox.NO_RECIPIENT, Outbox.NOTHING_TO_SAY};

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    OperatorMails(JdbcClient jdbc, Outbox outbox, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Mail that was not sent.
     *
     * @param failedAt when it was given up; empty while it waits
     * @param nextTryAt empty if it was given up
     * @param lastError kind of failure; empty before the first try
     */
    public record Unsent(
            long id,
            AccountId account,
            String kind,
            Instant createdAt,
            Optional<Instant> failedAt,
            Optional<Instant> nextTryAt,
            int tries,
            String lastError) {}

    /** Mails given up since then, latest first. Mails that had no recipient or nothing left to say are left out. */
    public List<Unsent> failed(Instant since, int limit) {
        return jdbc.sql("""
            select * from mails
             where failed_at >= :since and last_error <> all(:missed)
             order by failed_at desc, id desc limit :limit
            """)
                .param("since", SqlTime.utc(since))
                .param("missed", MISSED_BY_NOBODY)
                .param("limit", limit)
                .query(OperatorMails::unsent)
                .list();
    }

    /** Mails that are still tried, next try first. */
    public List<Unsent> waiting(int limit) {
        return jdbc.sql("select * from mails where next_try_at is not null order by next_try_at, id limit ?")
                .param(limit)
                .query(OperatorMails::unsent)
                .list();
    }

    /**
     * Number of waiting mails, and number of mails given up in the last 24 hours.
     *
     * @param oldest when the oldest waiting mail was queued
     */
    public record Queue(long waiting, long failed, Optional<Instant> oldest) {}

    public Queue queue() {
        return jdbc.sql("""
            select (select count(*) from mails where next_try_at is not null) as waiting,
                   (select count(*) from mails
                     where failed_at >= :since and last_error <> all(:missed)) as failed,
                   (select min(created_at) from mails where next_try_at is not null) as oldest
            """)
                .param("since", SqlTime.utc(clock.instant()).minusDays(1))
                .param("missed", MISSED_BY_NOBODY)
                .query((row, number) ->
                        new Queue(row.getLong("waiting"), row.getLong("failed"), SqlTime.instant(row, "oldest")))
                .single();
    }

    /**
     * @return whether the mail had been given up and is now tried again
     */
    @Transactional
    public boolean retry(AccountId operator, long id) {
        boolean again = outbox.tryAgain(id);
        if (again) {
            audit.record(Optional.of(operator), "mail.retry", "mail " + id, Map.of());
        }
        return again;
    }

    private static Unsent unsent(ResultSet row, int number) throws SQLException {
        return new Unsent(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                row.getString("kind"),
                SqlTime.required(row, "created_at"),
                SqlTime.instant(row, "failed_at"),
                SqlTime.instant(row, "next_try_at"),
                row.getInt("tries"),
                Optional.ofNullable(row.getString("last_error")).orElse(""));
    }
}
