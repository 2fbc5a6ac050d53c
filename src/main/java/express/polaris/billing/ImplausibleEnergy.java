package express.polaris.billing;

import express.polaris.accounts.AccountId;
import express.polaris.billing.BillingOutcome.Conflict;
import express.polaris.billing.BillingOutcome.Done;
import express.polaris.billing.BillingOutcome.NotFound;
import express.polaris.sessions.SessionId;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Energy that no connector can deliver in its time has no price until its session completes or an operator says so. */
@Repository
public class ImplausibleEnergy {

    private final JdbcClient jdbc;
    private final Clock clock;

    ImplausibleEnergy(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Confirms the energy of the session's events that are there now; the caller writes the audit log.
     *
     * @return the position up to which it is confirmed; a conflict where no energy waits for it
     */
    @Transactional
    public BillingOutcome<Integer> confirm(SessionId session, AccountId operator) {
        // As with every change to a price, the state of the driver's prices moves with it.
        jdbc.sql("""
            select forget_prices(driver_id, '-infinity') from transaction_sync_state
             where steve_transaction_id = :session and driver_id is not null
            """)
                .param("session", session.value())
                .query((row, number) -> number)
                .list();
        return jdbc.sql("""
            insert into confirmed_energy as c (steve_transaction_id, up_to_position, confirmed_by, confirmed_at)
            select e.steve_transaction_id, max(e.position), :operator, :now
              from synced_transaction_events e where e.steve_transaction_id = :session
             group by e.steve_transaction_id
            having bool_or(
            """ + UsageRepository.HELD + """
                   )
            on conflict (steve_transaction_id) do update
               set up_to_position = excluded.up_to_position, confirmed_by = excluded.confirmed_by,
                   confirmed_at = excluded.confirmed_at
            returning up_to_position
            """)
                .param("session", session.value())
                .param("operator", operator.value())
                .param("now", Rows.utc(clock.instant()))
                .query((row, number) -> row.getInt(1))
                .optional()
                .<BillingOutcome<Integer>>map(Done::new)
                .orElseGet(() -> isKnown(session)
                        ? new Conflict<>(BillingReason.NOTHING_TO_CONFIRM.with(session))
                        : new NotFound<>());
    }

    private boolean isKnown(SessionId session) {
        return jdbc.sql("select exists (select from transaction_sync_state where steve_transaction_id = ?)")
                .param(session.value())
                .query(Boolean.class)
                .single();
    }
}
