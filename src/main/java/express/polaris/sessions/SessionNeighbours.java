package express.polaris.sessions;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Previous and next session of a driver, and the session that follows a remote start. */
@Repository
public class SessionNeighbours {

    private final JdbcClient jdbc;

    SessionNeighbours(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The driver's previous and next session, by start. */
    public record Neighbours(Optional<SessionId> previous, Optional<SessionId> next) {}

    public Neighbours of(ChargingSession session, AccountId driver) {
        var found = new HashMap<String, SessionId>();
        jdbc.sql("""
            (select 'previous' as side, steve_transaction_id from transaction_sync_state
              where driver_id = :driver and (started_at, steve_transaction_id) < (:start, :id)
              order by started_at desc, steve_transaction_id desc limit 1)
            union all
            (select 'next', steve_transaction_id from transaction_sync_state
              where driver_id = :driver and (started_at, steve_transaction_id) > (:start, :id)
              order by started_at, steve_transaction_id limit 1)
            """)
                .param("driver", driver.value())
                .param("start", SqlTime.utc(session.startedAt()))
                .param("id", session.id().value())
                .query(row -> {
                    found.put(row.getString(1), new SessionId(row.getLong(2)));
                });
        return new Neighbours(Optional.ofNullable(found.get("previous")), Optional.ofNullable(found.get("next")));
    }

    /**
     * The driver's first session with this card at this charger that was first seen at or after {@code seenSince}.
     *
     * @param connector empty for any
     * @param seenSince portal clock
     */
    public Optional<SessionId> firstSeenSince(
            AccountId driver, EvCardId card, ChargeBoxId chargeBox, Optional<Integer> connector, Instant seenSince) {
        return jdbc.sql("""
            select steve_transaction_id from transaction_sync_state
             where driver_id = :driver and ev_card_id = :card and lower(charge_box_id) = lower(:box)
               and connector_id = coalesce(:connector, connector_id) and first_seen_at >= :since
               and updated_at >= :since - interval '1 hour'
             order by steve_transaction_id limit 1
            """)
                .param("driver", driver.value())
                .param("card", card.value())
                .param("box", chargeBox.value())
                .param("connector", connector.orElse(null), Types.INTEGER)
                .param("since", SqlTime.utc(seenSince))
                .query((row, number) -> new SessionId(row.getLong(1)))
                .optional();
    }
}
