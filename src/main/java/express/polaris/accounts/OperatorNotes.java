package express.polaris.accounts;

import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes for operators: a driver's message about a session, or a card reported lost. Safe on several nodes: a
 * driver's messages are serialized by a lock.
 */
@Service
public class OperatorNotes {

    /** Maximum length in characters (code points), as PostgreSQL counts them. */
    public static final int LONGEST = 1000;

    private static final int MOST_AN_HOUR = 10;

    private final JdbcClient jdbc;
    private final Clock clock;

    OperatorNotes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Note for operators.
     *
     * @param session session it is about; absent when it is about a card
     * @param card card reported lost
     * @param text the driver's message; empty for a lost card
     */
    public record Note(
            long id, Instant at, AccountId driver, Optional<Long> session, Optional<Long> card, String text) {}

    /** Result of sending a note. */
    public enum Sent {
        /** Stored, or already stored with the same text. */
        SENT,
        TOO_LONG,
        EMPTY,
        /** The driver sent ten messages in the last hour. */
        TOO_MANY
    }

    /** Sends a driver's message about a session. The caller has verified that the session is the driver's. */
    @Transactional
    public Sent aboutSession(AccountId driver, long session, String words) {
        var text = words.replace("\r\n", "\n").strip();
        if (text.isEmpty()) {
            return Sent.EMPTY;
        }
        if (text.codePointCount(0, text.length()) > LONGEST) {
            return Sent.TOO_LONG;
        }
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('notes of ' || :driver, 0))")
                .param("driver", driver.toString())
                .query((row, number) -> number)
                .list();
        if (recent(driver) >= MOST_AN_HOUR) {
            return Sent.TOO_MANY;
        }
        insert(driver, Optional.of(session), Optional.empty(), text);
        return Sent.SENT;
    }

    /** Records that a card was reported lost, in the caller's transaction if there is one. */
    public void aboutLostCard(AccountId driver, long card) {
        insert(driver, Optional.empty(), Optional.of(card), "");
    }

    /**
     * Lists notes, newest first.
     *
     * @param before id of the previous page's last note; absent for the first page
     */
    public List<Note> page(Optional<Long> before, int limit) {
        return jdbc.sql("select * from operator_notes where id < :before order by id desc limit :limit")
                .param("before", before.orElse(Long.MAX_VALUE))
                .param("limit", limit)
                .query(OperatorNotes::note)
                .list();
    }

    /** Lists drivers' messages about a session, newest first. */
    public List<Note> ofSession(long session) {
        return jdbc.sql("select * from operator_notes where steve_transaction_id = :session order by id desc")
                .param("session", session)
                .query(OperatorNotes::note)
                .list();
    }

    private long recent(AccountId driver) {
        return jdbc.sql("""
            select count(*) from operator_notes
             where driver_id = :driver and at > :since and steve_transaction_id is not null
            """)
                .param("driver", driver.value())
                .param("since", SqlTime.utc(clock.instant().minus(Duration.ofHours(1))))
                .query(Long.class)
                .single();
    }

    private void insert(AccountId driver, Optional<Long> session, Optional<Long> card, String text) {
        jdbc.sql("""
            insert into operator_notes (at, driver_id, steve_transaction_id, ev_card_id, text)
            values (:at, :driver, cast(:session as bigint), cast(:card as bigint), :text)
            on conflict do nothing
            """)
                .param("at", SqlTime.utc(clock.instant()))
                .param("driver", driver.value())
                .param("session", session.orElse(null))
                .param("card", card.orElse(null))
                .param("text", text)
                .update();
    }

    private static Note note(ResultSet row, int number) throws SQLException {
        return new Note(
                row.getLong("id"),
                SqlTime.required(row, "at"),
                new AccountId(row.getLong("driver_id")),
                number(row, "steve_transaction_id"),
                number(row, "ev_card_id"),
                row.getString("text"));
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
