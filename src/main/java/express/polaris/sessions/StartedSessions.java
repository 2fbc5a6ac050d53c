package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import express.polaris.stations.chargers.FollowingSessions;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tells whether the sessions that followed a remote start are over. */
@Repository
class StartedSessions implements FollowingSessions {

    private final JdbcClient jdbc;

    StartedSessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean isOver(
            AccountId driver, EvCardId card, ChargeBoxId chargeBox, Optional<Integer> connector, Instant since) {
        return jdbc.sql("""
            select coalesce(bool_and(is_finalized), false) from transaction_sync_state
             where driver_id = :driver and ev_card_id = :card and lower(charge_box_id) = lower(:box)
               and connector_id = coalesce(:connector, connector_id) and first_seen_at >= :since
               and updated_at >= :since - interval '1 hour'
            """)
                .param("driver", driver.value())
                .param("card", card.value())
                .param("box", chargeBox.value())
                .param("connector", connector.orElse(null), Types.INTEGER)
                .param("since", SqlTime.utc(since))
                .query((row, number) -> row.getBoolean(1))
                .single();
    }
}
