package express.polaris.sessions.events;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Schedule and claims of reads: {@code next_poll_at} of {@code transaction_sync_state}. */
@Repository
class ReadSchedule {

    private final JdbcClient jdbc;

    ReadSchedule(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void nextPoll(SessionId id, Optional<Instant> at) {
        jdbc.sql("update transaction_sync_state set next_poll_at = ? where steve_transaction_id = ?")
                .param(SqlTime.utc(at))
                .param(id.value())
                .update();
    }

    /**
     * Claims sessions whose read is due, so that no other node reads them; a claim without a result expires.
     * Leaves out the backfill. Sessions in {@code first} come before the others, and within each group those that
     * became due first.
     */
    List<SessionId> claimDue(Instant now, Instant claimedUntil, Collection<SessionId> first, int limit) {
        return jdbc.sql("""
            update transaction_sync_state
               set next_poll_at = :until
             where steve_transaction_id in (
                   select steve_transaction_id from transaction_sync_state
                    where next_poll_at <= :now and not (is_finalized and last_read_at is null)
                    order by (steve_transaction_id = any(:first)) desc, next_poll_at
                    limit :limit
                      for update skip locked)
            returning steve_transaction_id
            """)
                .param("until", SqlTime.utc(claimedUntil))
                .param("now", SqlTime.utc(now))
                .param("first", first.stream().map(SessionId::value).toArray(Long[]::new))
                .param("limit", limit)
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    void readSoon(SessionId id, Instant now) {
        jdbc.sql("""
            update transaction_sync_state set next_poll_at = least(next_poll_at, :now)
             where steve_transaction_id = :id and not is_finalized
            """).param("id", id.value()).param("now", SqlTime.utc(now)).update();
    }

    void readLiveSoon(Collection<SessionId> others, Instant now) {
        jdbc.sql("""
            update transaction_sync_state set next_poll_at = :now
             where steve_transaction_id in (
                   select steve_transaction_id from transaction_sync_state
                    where next_poll_at > :now and (not is_finalized or steve_transaction_id = any(:others))
                      for update skip locked)
            """)
                .param("now", SqlTime.utc(now))
                .param("others", others.stream().map(SessionId::value).toArray(Long[]::new))
                .update();
    }

    void readSoonUntil(Instant until, Instant now) {
        jdbc.sql("""
            update transaction_sync_state set next_poll_at = :now
             where steve_transaction_id in (
                   select steve_transaction_id from transaction_sync_state
                    where next_poll_at > :now and next_poll_at <= :until
                      for update skip locked)
            """)
                .param("now", SqlTime.utc(now))
                .param("until", SqlTime.utc(until))
                .update();
    }

    Optional<SessionId> claimNextLive(Instant claimedUntil) {
        return jdbc.sql("""
            update transaction_sync_state
               set next_poll_at = :until
             where steve_transaction_id in (
                   select steve_transaction_id from transaction_sync_state
                    where next_poll_at is not null and not is_finalized
                    order by next_poll_at
                    limit 1
                      for update skip locked)
            returning steve_transaction_id
            """)
                .param("until", SqlTime.utc(claimedUntil))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .optional();
    }

    List<SessionId> claimBackfill(Instant now, Instant claimedUntil, int limit) {
        return jdbc.sql("""
            update transaction_sync_state
               set next_poll_at = :until
             where steve_transaction_id in (
                   select steve_transaction_id from transaction_sync_state
                    where next_poll_at <= :now and is_finalized and last_read_at is null
                    order by started_at desc
                    limit :limit
                      for update skip locked)
            returning steve_transaction_id
            """)
                .param("until", SqlTime.utc(claimedUntil))
                .param("now", SqlTime.utc(now))
                .param("limit", limit)
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    long backfillLeft() {
        return jdbc.sql("""
            select count(*) from transaction_sync_state
             where next_poll_at is not null and is_finalized and last_read_at is null
            """).query(Long.class).single();
    }

    Optional<Instant> nextDue() {
        return jdbc.sql("""
            select min(next_poll_at) as due from transaction_sync_state
             where next_poll_at is not null and not (is_finalized and last_read_at is null)
            """).query((row, number) -> SqlTime.instant(row, "due")).single();
    }
}
