package express.polaris.sync;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code sync_reads}: sync's own state of each session. */
@Repository
class SyncReads {

    /** Absences within this time of each other count once. */
    private static final Duration BETWEEN_MISSES = Duration.ofMinutes(20);

    private final JdbcClient jdbc;

    SyncReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @return number of reads since SteVe closed it, including this one; 0 while it is live
     */
    int succeeded(SessionId id, boolean isLive) {
        return jdbc.sql("""
            insert into sync_reads as r (steve_transaction_id, reads_since_stop) values (:id, :stopped)
            on conflict (steve_transaction_id) do update
               set reads_since_stop = case when :stopped = 0 then 0 else r.reads_since_stop + 1 end,
                   failures = 0, last_error = null, last_fault = null, missed = 0, first_missed_at = null,
                   last_missed_at = null, conflict = null, conflict_fault = null, absence_doubted = false, absence_accepted = false
            returning reads_since_stop
            """)
                .param("id", id.value())
                .param("stopped", isLive ? 0 : 1)
                .query(Integer.class)
                .single();
    }

    /** Restarts the closing reads, because SteVe reports a different end. */
    void closingBeginsAgain(SessionId id) {
        jdbc.sql("update sync_reads set reads_since_stop = 0 where steve_transaction_id = ?")
                .param(id.value())
                .update();
    }

    /** Marks sessions that ended long before they were first seen: one read is enough. */
    void needOneReadOnly(Collection<SessionId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
            insert into sync_reads (steve_transaction_id, reads_since_stop)
            select id, ? from unnest(?::bigint[]) as id
            on conflict do nothing
            """)
                .param(PollPlan.READS_AFTER_A_STOP)
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .update();
    }

    /**
     * @return number of reads in a row that failed, including this one
     */
    int failed(SessionId id, SyncFault fault) {
        return jdbc.sql("""
            insert into sync_reads as r (steve_transaction_id, failures, last_fault) values (:id, 1, :fault::jsonb)
            on conflict (steve_transaction_id) do update
               set failures = r.failures + 1, last_error = null, last_fault = excluded.last_fault
            returning failures
            """)
                .param("id", id.value())
                .param("fault", FaultJson.of(fault))
                .query(Integer.class)
                .single();
    }

    /** Sessions whose last read failed, highest ids first. */
    List<SessionId> failing(int limit) {
        return jdbc.sql("""
            select steve_transaction_id from sync_reads where failures > 0 order by steve_transaction_id desc limit ?
            """)
                .param(limit)
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    void conflict(SessionId id, SyncFault fault) {
        jdbc.sql("""
            insert into sync_reads as r (steve_transaction_id, conflict, conflict_fault) values (:id, :kind, :fault::jsonb)
            on conflict (steve_transaction_id) do update
               set conflict = excluded.conflict, conflict_fault = excluded.conflict_fault
            """)
                .param("id", id.value())
                .param("kind", fault.wording().reason().name())
                .param("fault", FaultJson.of(fault))
                .update();
    }

    /** How often SteVe has not known the transaction, and since when. */
    record Absence(int times, Instant since) {}

    Absence missed(SessionId id, Instant now) {
        return jdbc.sql("""
            insert into sync_reads as r (steve_transaction_id, missed, first_missed_at, last_missed_at)
            values (:id, 1, :now, :now)
            on conflict (steve_transaction_id) do update
               set missed = r.missed + case when r.last_missed_at > :recently then 0 else 1 end,
                   first_missed_at = coalesce(r.first_missed_at, :now),
                   last_missed_at = case when r.last_missed_at > :recently
                                         then r.last_missed_at else :now end
            returning missed, first_missed_at
            """)
                .param("id", id.value())
                .param("now", SqlTime.utc(now))
                .param("recently", SqlTime.utc(now.minus(BETWEEN_MISSES)))
                .query((row, number) -> new Absence(row.getInt("missed"), SqlTime.required(row, "first_missed_at")))
                .single();
    }

    /** Whether the last read failed, so that the next one is delayed according to the number of failures. */
    boolean isFailing(SessionId id) {
        return jdbc.sql("select exists (select from sync_reads where steve_transaction_id = ? and failures > 0)")
                .param(id.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether an absence was counted so recently that another one would not count. */
    boolean missedRecently(SessionId id, Instant now) {
        return jdbc.sql("""
            select exists (select 1 from sync_reads
                            where steve_transaction_id = ? and last_missed_at > ?)
            """)
                .param(id.value())
                .param(SqlTime.utc(now.minus(BETWEEN_MISSES)))
                .query(Boolean.class)
                .single();
    }

    /** Marks absences as doubtful: so many at once may mean another SteVe. */
    void doubtAbsences(Collection<SessionId> ids) {
        jdbc.sql("""
            insert into sync_reads (steve_transaction_id, absence_doubted)
            select id, true from unnest(?::bigint[]) as id
            on conflict (steve_transaction_id) do update set absence_doubted = true
            """)
                .param(ids.stream().map(SessionId::value).sorted().toArray(Long[]::new))
                .update();
    }

    /**
     * Accepts the doubted absences as final, on behalf of an operator.
     *
     * @return their number
     */
    int acceptAbsences() {
        return jdbc.sql("""
            update sync_reads set absence_doubted = false, absence_accepted = true
             where steve_transaction_id in (
                   select steve_transaction_id from sync_reads where absence_doubted
                    order by steve_transaction_id
                      for no key update)
            """).update();
    }

    /** Transactions whose absence an operator has accepted. */
    Set<SessionId> acceptedAbsences() {
        return jdbc
                .sql("select steve_transaction_id from sync_reads where absence_accepted")
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those of these sessions under whose ids SteVe had a different transaction. */
    List<SessionId> inConflict(Collection<SessionId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
            select steve_transaction_id from sync_reads
             where steve_transaction_id = any(?) and conflict is not null
            """)
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }

    /** Clears the conflicts of these ids, under which SteVe has the known transactions; returns those that had one. */
    List<SessionId> conflictsOver(Collection<SessionId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
            update sync_reads set conflict = null, conflict_fault = null
             where steve_transaction_id = any(?) and conflict is not null
            returning steve_transaction_id
            """)
                .param(ids.stream().map(SessionId::value).toArray(Long[]::new))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .list();
    }
}
