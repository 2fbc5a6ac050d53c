package express.polaris.sync;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Errors and delay of sync, for operators. */
@Repository
public class SyncConcerns {

    private final JdbcClient jdbc;

    SyncConcerns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lag of sync.
     *
     * @param discoveredAt last successful discovery of all SteVe transactions; empty before the first
     * @param overdueSince due time of the read that has waited longest; empty if none waits
     * @param waiting number of historical sessions that have not been read yet; 1000 means 1000 or more
     * @param leaderUntil end of the current leader's lease; empty without a leader
     * @param ownPause why vanished transactions are currently left alone
     * @param stopped the operator's pause, during which SteVe is not called at all
     */
    public record Lag(
            Optional<Instant> discoveredAt,
            Optional<Instant> overdueSince,
            long waiting,
            Optional<Instant> leaderUntil,
            Optional<SyncFault> ownPause,
            Optional<Stop> stopped) {}

    /** An operator's pause of sync, with the reason in their words. */
    public record Stop(Instant since, String why) {}

    public Lag lag(Instant now) {
        return jdbc.sql("""
            select c.last_discovery_at, c.leader_until, c.paused_reason, c.pause_fault, c.operator_paused_at, c.operator_paused_why,
                   (select min(next_poll_at) from transaction_sync_state
                     where next_poll_at <= :now and not (is_finalized and last_read_at is null)) as overdue_since,
                   (select count(*) from (select from transaction_sync_state
                                           where next_poll_at is not null and is_finalized and last_read_at is null
                                           limit 1000) w) as waiting
              from sync_cursor c
            """)
                .param("now", SqlTime.utc(now))
                .query((row, number) -> new Lag(
                        SqlTime.instant(row, "last_discovery_at"),
                        SqlTime.instant(row, "overdue_since"),
                        row.getLong("waiting"),
                        SqlTime.instant(row, "leader_until"),
                        FaultJson.marked(row, "pause_fault", "paused_reason"),
                        stop(row)))
                .single();
    }

    /**
     * Contact of this installation with SteVe, on any node.
     *
     * @param reachedAt last completed discovery; empty if SteVe was never reached
     * @param triedSince when sync first tried; empty before
     * @param fault the latest that discovery met, without pauses in which SteVe is not called
     * @param run the latest run with that fault
     */
    public record Contact(
            Optional<Instant> reachedAt, Optional<Instant> triedSince, Optional<SyncFault> fault, Optional<Long> run) {

        /** Whether sync tried and never got a usable answer. */
        public boolean isMissing() {
            return reachedAt.isEmpty() && fault.isPresent();
        }
    }

    public Contact contact() {
        return jdbc.sql("""
            select c.last_discovery_at, (select min(started_at) from sync_runs) as tried_since,
                   e.fault, e.reason, e.sync_run_id
              from sync_cursor c
              left join lateral (
                   select fault, reason, sync_run_id from sync_errors
                    where steve_transaction_id is null and c.last_discovery_at is null
                    order by coalesce(fault ->> 'kind', '') = :rests, id desc limit 1) e on true
            """)
                .param("rests", SyncReason.STEVE_RESTS.name())
                .query((row, number) -> new Contact(
                        SqlTime.instant(row, "last_discovery_at"),
                        SqlTime.instant(row, "tried_since"),
                        FaultJson.fault(row, "fault", "reason"),
                        Optional.ofNullable(row.getObject("sync_run_id", Long.class))))
                .single();
    }

    /**
     * Unresolved errors of one transaction, or of one kind if they concern no transaction.
     *
     * @param outage SteVe is unavailable; all waiting transactions then form one error
     * @param waiting number of transactions that could not be read during an outage
     * @param fault the latest
     * @param run latest run with that fault
     * @param version changes when there is something new to see
     */
    public record Failing(
            boolean outage,
            long waiting,
            Optional<Long> transaction,
            SyncFault fault,
            long times,
            Instant first,
            Instant last,
            long run,
            String version) {}

    /**
     * Errors since then, latest first. An error of a transaction is resolved by a later successful read, one about
     * SteVe's answers by a completed discovery. Errors that are shown as other findings (no closing reading, vanished,
     * reused id, too many vanished at once) are left out. An outage of SteVe is one error, not one per waiting
     * transaction.
     */
    public List<Failing> failing(Instant since, int limit) {
        var errors = jdbc.sql("""
            select e.steve_transaction_id, (array_agg(e.reason order by e.id desc))[1] as reason,
                   (array_agg(e.fault order by e.id desc))[1] as fault, count(*) as times,
                   min(e.at) as first, max(e.at) as last, max(e.sync_run_id) as run,
                   coalesce(max(s.last_read_at), case when e.steve_transaction_id is null
                                                      then max(c.last_discovery_at) end) as good_until
              from sync_errors e
              cross join sync_cursor c
              left join transaction_sync_state s on s.steve_transaction_id = e.steve_transaction_id
              left join sync_reads r on r.steve_transaction_id = e.steve_transaction_id
             where e.at >= :since
               and case when e.steve_transaction_id is null
                        then not (coalesce(e.fault ->> 'kind', '') = any(:passing) and e.at < coalesce(c.last_discovery_at, '-infinity'))
                        else not (coalesce(s.last_read_at, '-infinity') > e.at and coalesce(r.failures, 0) = 0)
                             and s.gone_from_steve_at is null and s.closing_problem is null and r.conflict is null
                   end
               and not (e.steve_transaction_id is null and coalesce(e.fault ->> 'kind', '') = :vanished)
             group by e.steve_transaction_id, case when e.steve_transaction_id is null then coalesce(e.reason, e.fault::text) end
             order by max(e.at) desc
             limit :limit
            """)
                .param("since", SqlTime.utc(since))
                .param("passing", SyncFault.OVER_WHEN_STEVE_ANSWERS.toArray(String[]::new))
                .param("vanished", SyncReason.VANISHED.name())
                .param("limit", limit)
                .query(SyncConcerns::failing)
                .list();
        return Outages.told(errors, lastRead());
    }

    /** When a live session was last read successfully. */
    private Optional<Instant> lastRead() {
        return jdbc.sql("select max(last_read_at) as at from transaction_sync_state where not is_finalized")
                .query((row, number) -> SqlTime.instant(row, "at"))
                .single();
    }

    /** A known id under which SteVe has a different transaction; nothing of that is applied. */
    public record ReusedId(SessionId session, SyncFault fault) {}

    public List<ReusedId> reusedIds(int limit) {
        return jdbc.sql("""
            select steve_transaction_id, conflict, conflict_fault from sync_reads
             where conflict is not null order by steve_transaction_id desc limit ?
            """)
                .param(limit)
                .query((row, number) -> new ReusedId(
                        new SessionId(row.getLong(1)),
                        FaultJson.marked(row, "conflict_fault", "conflict").orElseThrow()))
                .list();
    }

    private static Optional<Stop> stop(ResultSet row) throws SQLException {
        var why = row.getString("operator_paused_why");
        return SqlTime.instant(row, "operator_paused_at").map(since -> new Stop(since, why));
    }

    private static Failing failing(ResultSet row, int number) throws SQLException {
        var fault = FaultJson.fault(row, "fault", "reason").orElseThrow();
        return new Failing(
                false,
                0,
                Optional.ofNullable(row.getObject("steve_transaction_id", Long.class)),
                fault,
                row.getLong("times"),
                SqlTime.required(row, "first"),
                SqlTime.required(row, "last"),
                row.getLong("run"),
                fault.fingerprint()
                        + SqlTime.instant(row, "good_until").map(at -> " " + at).orElse(""));
    }
}
