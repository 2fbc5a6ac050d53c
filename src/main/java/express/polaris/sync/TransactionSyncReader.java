package express.polaris.sync;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the state of sync for single transactions. */
@Repository
public class TransactionSyncReader {

    private static final int ERRORS_SHOWN = 20;

    private final JdbcClient jdbc;

    TransactionSyncReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty for an unknown transaction. */
    public Optional<TransactionSync> of(SessionId id) {
        var errors = errors(id);
        return jdbc.sql("""
            select s.first_seen_at, s.finalized_at, s.steve_started_at, s.last_read_at, s.next_poll_at,
                   coalesce(r.reads_since_stop, 0) as reads_since_stop, coalesce(r.failures, 0) as failures,
                   r.last_error, r.last_fault, coalesce(r.missed, 0) as missed, r.conflict, r.conflict_fault
              from transaction_sync_state s
              left join sync_reads r on r.steve_transaction_id = s.steve_transaction_id
             where s.steve_transaction_id = ?
            """)
                .param(id.value())
                .query((row, number) -> new TransactionSync(
                        SqlTime.required(row, "first_seen_at"),
                        SqlTime.instant(row, "finalized_at"),
                        SqlTime.required(row, "steve_started_at"),
                        SqlTime.instant(row, "last_read_at"),
                        SqlTime.instant(row, "next_poll_at"),
                        row.getInt("reads_since_stop"),
                        row.getInt("failures"),
                        FaultJson.fault(row, "last_fault", "last_error"),
                        row.getInt("missed"),
                        FaultJson.marked(row, "conflict_fault", "conflict"),
                        errors))
                .optional();
    }

    private List<TransactionSync.RunError> errors(SessionId id) {
        return jdbc.sql("""
            select sync_run_id, at, reason, fault from sync_errors
             where steve_transaction_id = ? order by id desc limit ?
            """)
                .param(id.value())
                .param(ERRORS_SHOWN)
                .query((row, number) -> new TransactionSync.RunError(
                        row.getLong("sync_run_id"),
                        SqlTime.required(row, "at"),
                        FaultJson.fault(row, "fault", "reason").orElseThrow()))
                .list();
    }
}
