package express.polaris.sync;

import express.polaris.platform.sql.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of sync runs and their errors, for operators. */
@Repository
public class SyncRunRepository {

    private static final int ERRORS_IN_LISTS = 20;

    private final JdbcClient jdbc;

    SyncRunRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Newest first.
     *
     * @param before only runs with a smaller id
     */
    public List<SyncRun> list(Optional<Long> before, int limit) {
        var runs = jdbc.sql("select * from sync_runs where id < ? order by id desc limit ?")
                .param(before.orElse(Long.MAX_VALUE))
                .param(limit)
                .query((row, number) -> run(row, List.of()))
                .list();
        var errors = firstErrors(runs.stream().map(SyncRun::id).toArray(Long[]::new));
        return runs.stream()
                .map(run -> run.withErrors(errors.getOrDefault(run.id(), List.of())))
                .toList();
    }

    public Optional<SyncRun> find(long id) {
        var errors = errors(id);
        return jdbc.sql("select * from sync_runs where id = ?")
                .param(id)
                .query((row, number) -> run(row, errors))
                .optional();
    }

    SyncRun begin(String trigger, Instant now) {
        return jdbc.sql("insert into sync_runs (trigger, started_at) values (?, ?) returning *")
                .param(trigger)
                .param(SqlTime.utc(now))
                .query((row, number) -> run(row, List.of()))
                .single();
    }

    void add(long run, int discovered, int read, int eventsWritten) {
        jdbc.sql("""
            update sync_runs
               set discovered = discovered + ?, read = read + ?, events_written = events_written + ?
             where id = ?
            """)
                .param(discovered)
                .param(read)
                .param(eventsWritten)
                .param(run)
                .update();
    }

    void addError(long run, Optional<Long> transaction, SyncFault fault, Instant now) {
        jdbc.sql("insert into sync_errors (sync_run_id, at, steve_transaction_id, fault) values (?, ?, ?, ?::jsonb)")
                .param(run)
                .param(SqlTime.utc(now))
                .param(transaction.orElse(null))
                .param(FaultJson.of(fault))
                .update();
    }

    void finish(long run, Instant now) {
        jdbc.sql("update sync_runs set finished_at = ? where id = ? and finished_at is null")
                .param(SqlTime.utc(now))
                .param(run)
                .update();
    }

    /** Finishes runs that a killed process left open. */
    void finishAbandoned(Instant startedBefore, Instant now) {
        jdbc.sql("update sync_runs set finished_at = ? where finished_at is null and started_at < ?")
                .param(SqlTime.utc(now))
                .param(SqlTime.utc(startedBefore))
                .update();
    }

    private List<SyncError> errors(long run) {
        return jdbc.sql(
                        "select at, steve_transaction_id, reason, fault from sync_errors where sync_run_id = ? order by id")
                .param(run)
                .query(SyncRunRepository::error)
                .list();
    }

    private Map<Long, List<SyncError>> firstErrors(Long[] runs) {
        return jdbc
                .sql("""
                    select e.* from unnest(?::bigint[]) as run (id)
                      join lateral (select sync_run_id, at, steve_transaction_id, reason, fault from sync_errors
                                     where sync_run_id = run.id order by id limit ?) e on true
                    """)
                .param(runs)
                .param(ERRORS_IN_LISTS)
                .query((row, number) -> Map.entry(row.getLong("sync_run_id"), error(row, number)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static SyncError error(ResultSet row, int number) throws SQLException {
        return new SyncError(
                SqlTime.required(row, "at"),
                Optional.ofNullable(row.getObject("steve_transaction_id", Long.class)),
                FaultJson.fault(row, "fault", "reason").orElseThrow());
    }

    private static SyncRun run(ResultSet row, List<SyncError> errors) throws SQLException {
        return new SyncRun(
                row.getLong("id"),
                row.getString("trigger"),
                SqlTime.required(row, "started_at"),
                SqlTime.instant(row, "finished_at"),
                row.getInt("discovered"),
                row.getInt("read"),
                row.getInt("events_written"),
                errors);
    }
}
