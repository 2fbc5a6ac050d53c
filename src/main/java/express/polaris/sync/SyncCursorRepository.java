package express.polaris.sync;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.Completeness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of the one row of {@code sync_cursor} with its lease, and of the ids that SteVe did not know. */
@Repository
class SyncCursorRepository implements Completeness {

    /** SteVe's ids have permanent gaps; of very many, only the latest are requested again. */
    private static final int MOST_MISSING_IDS = 5_000;

    private final JdbcClient jdbc;

    SyncCursorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    SyncCursor read() {
        return jdbc.sql("select * from sync_cursor")
                .query((row, number) -> new SyncCursor(
                        row.getLong("highest_probed_id"),
                        row.getBoolean("first_import_done"),
                        SqlTime.instant(row, "last_wide_read_at"),
                        SqlTime.instant(row, "last_discovery_at"),
                        FaultJson.marked(row, "pause_fault", "paused_reason"),
                        catchUp(row),
                        operatorPause(row)))
                .single();
    }

    @Override
    public Optional<Instant> comparedAt() {
        return read().lastWideReadAt();
    }

    private static Optional<OperatorPause> operatorPause(ResultSet row) throws SQLException {
        var by = new AccountId(row.getLong("operator_paused_by"));
        var why = row.getString("operator_paused_why");
        return SqlTime.instant(row, "operator_paused_at").map(at -> new OperatorPause(at, by, why));
    }

    private static Optional<CatchUpState> catchUp(ResultSet row) throws SQLException {
        var state = new CatchUpState(
                row.getLong("catch_up_top"),
                row.getLong("catch_up_below"),
                row.getInt("catch_up_found"),
                row.getInt("catch_up_left"));
        return row.getObject("catch_up_top") == null ? Optional.empty() : Optional.of(state);
    }

    boolean isPausedByOperator() {
        return jdbc.sql("select operator_paused_at is not null from sync_cursor")
                .query(Boolean.class)
                .single();
    }

    /**
     * @return false if sync was already paused
     */
    boolean pause(OperatorPause pause) {
        return jdbc.sql("""
            update sync_cursor
               set operator_paused_at = ?, operator_paused_by = ?, operator_paused_why = ?
             where operator_paused_at is null
            """)
                        .param(SqlTime.utc(pause.at()))
                        .param(pause.by().value())
                        .param(pause.why())
                        .update()
                == 1;
    }

    /**
     * @return whether sync was paused
     */
    boolean resume() {
        return jdbc.sql("""
            update sync_cursor
               set operator_paused_at = null, operator_paused_by = null, operator_paused_why = null
             where operator_paused_at is not null
            """).update() == 1;
    }

    /**
     * Ends the pause that sync set itself.
     *
     * @return its reason; empty if there was none
     */
    Optional<SyncFault> forgetOwnPause() {
        var fault = jdbc.sql("select paused_reason, pause_fault from sync_cursor for update")
                .query((row, number) -> FaultJson.marked(row, "pause_fault", "paused_reason"))
                .single();
        if (fault.isPresent()) {
            jdbc.sql("update sync_cursor set paused_reason = null, pause_fault = null")
                    .update();
        }
        return fault;
    }

    /** Records a completed discovery. */
    void discovered(Instant now, long fence) {
        jdbc.sql("update sync_cursor set last_discovery_at = ? where leader_fence = ?")
                .param(SqlTime.utc(now))
                .param(fence)
                .update();
    }

    /**
     * Takes or renews the lease, which the database's clock ends. A lease that ends later than a new one would was
     * written before that clock was set, and counts for nothing.
     *
     * @return the fence to write with, if this node is the leader
     */
    OptionalLong lead(String node, Duration lease) {
        return jdbc.sql("""
                    update sync_cursor
                       set leader_fence = leader_fence + case when leader = :node then 0 else 1 end,
                           leader = :node, leader_until = now() + :millis * interval '1 ms'
                     where leader = :node or leader_until is null
                        or leader_until not between now() and now() + :millis * interval '1 ms'
                    returning leader_fence
                    """).param("node", node).param("millis", lease.toMillis()).query(Long.class).list().stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    void release(String node) {
        jdbc.sql("update sync_cursor set leader = null, leader_until = null where leader = ?")
                .param(node)
                .update();
    }

    /** Moves the mark; a node that has lost the lease changes nothing. */
    void moveMark(long highestProbedId, long fence) {
        jdbc.sql("update sync_cursor set highest_probed_id = greatest(highest_probed_id, ?) where leader_fence = ?")
                .param(highestProbedId)
                .param(fence)
                .update();
    }

    /** Records the progress of a catch-up; a node that has lost the lease changes nothing. */
    void catchingUp(CatchUpState state, long fence) {
        jdbc.sql("""
            update sync_cursor
               set catch_up_top = ?, catch_up_below = ?, catch_up_found = ?, catch_up_left = ?
             where leader_fence = ?
            """)
                .param(state.top())
                .param(state.below())
                .param(state.found())
                .param(state.left())
                .param(fence)
                .update();
    }

    /** Ends a catch-up: everything up to this id is stored. */
    void caughtUp(long highestProbedId, long fence) {
        jdbc.sql("""
            update sync_cursor
               set highest_probed_id = greatest(highest_probed_id, ?), first_import_done = true,
                   catch_up_top = null, catch_up_below = null, catch_up_found = null, catch_up_left = null
             where leader_fence = ?
            """).param(highestProbedId).param(fence).update();
    }

    void wideReadDone(Instant now, Optional<SyncFault> ownPause, long fence) {
        jdbc.sql("""
            update sync_cursor set last_wide_read_at = ?, paused_reason = ?, pause_fault = ?::jsonb where leader_fence = ?
            """)
                .param(SqlTime.utc(now))
                .param(ownPause.map(fault -> fault.wording().reason().name()).orElse(null))
                .param(ownPause.map(FaultJson::of).orElse(null))
                .param(fence)
                .update();
    }

    /** Makes the comparison of the last 90 days due in the next round, on whichever node leads. */
    void wideReadIsDue() {
        jdbc.sql("update sync_cursor set last_wide_read_at = null").update();
    }

    void addMissing(Collection<Long> ids, Instant now) {
        jdbc.sql("""
            insert into sync_missing_ids (steve_transaction_id, first_missed_at)
            select id, ? from unnest(?::bigint[]) as id
            on conflict do nothing
            """).param(SqlTime.utc(now)).param(ids.toArray(Long[]::new)).update();
    }

    void removeMissing(Collection<Long> ids, Instant missedBefore) {
        jdbc.sql("""
            delete from sync_missing_ids
             where steve_transaction_id = any(?) or first_missed_at < ?
                or steve_transaction_id <= (select steve_transaction_id from sync_missing_ids
                                             order by steve_transaction_id desc offset ? limit 1)
            """)
                .param(ids.toArray(Long[]::new))
                .param(SqlTime.utc(missedBefore))
                .param(MOST_MISSING_IDS)
                .update();
    }

    /** Highest first: these are the ones that may still arrive. */
    List<Long> missing(int limit) {
        return jdbc.sql("select steve_transaction_id from sync_missing_ids order by 1 desc limit ?")
                .param(limit)
                .query((row, number) -> row.getLong(1))
                .list();
    }
}
