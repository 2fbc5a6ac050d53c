package express.polaris.sessions.statistics;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds the changes of sessions to the sums that are kept of them: by UTC day of their start, by card, and altogether. A
 * reader adds the changes that still wait. Safe on several nodes: one of them adds, the others skip their turn.
 */
@Component
class SessionSums {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    SessionSums(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void addUp() {
        transaction.executeWithoutResult(status -> {
            boolean isMyTurn = jdbc.sql("select sessions from session_count for update skip locked")
                    .query(Long.class)
                    .optional()
                    .isPresent();
            if (isMyTurn) {
                add();
            }
        });
    }

    private void add() {
        jdbc.sql("""
            with changes as (
                delete from session_changes returning day, ev_card_id, sessions, energy_wh),
            days as (
                insert into session_days as d (day, sessions, energy_wh)
                select day, sum(sessions), sum(energy_wh) from changes group by day
                on conflict (day) do update
                   set sessions = d.sessions + excluded.sessions, energy_wh = d.energy_wh + excluded.energy_wh),
            cards as (
                insert into card_sessions as c (ev_card_id, sessions, energy_wh)
                select ev_card_id, sum(sessions), sum(energy_wh) from changes where ev_card_id is not null
                 group by ev_card_id
                on conflict (ev_card_id) do update
                   set sessions = c.sessions + excluded.sessions, energy_wh = c.energy_wh + excluded.energy_wh)
            update session_count set sessions = sessions + (select coalesce(sum(c.sessions), 0) from changes c)
            """).update();
    }
}
