package express.polaris.sessions.ownership;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.chargers.ChargeBoxId;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Repository of {@code owed_stops}: sessions whose chargers must still be asked to stop. */
@Repository
class OwedStopRepository {

    record OwedStop(SessionId session, ChargeBoxId chargeBoxId) {}

    private final JdbcClient jdbc;

    OwedStopRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a stop for each live session of the card; an existing one stays unchanged. */
    void owe(EvCardId card, Instant now) {
        jdbc.sql("""
            insert into owed_stops (steve_transaction_id, owed_at)
            select steve_transaction_id, :now from transaction_sync_state
             where ev_card_id = :card and not is_finalized
            on conflict (steve_transaction_id) do nothing
            """).param("card", card.value()).param("now", SqlTime.utc(now)).update();
    }

    /**
     * Claims the due stops of live sessions. The first ten repetitions are a minute apart; then the interval doubles
     * each time, up to an hour. Other callers do not get a claimed stop until it is due again.
     */
    List<OwedStop> claimDue(Instant now, int limit) {
        return jdbc.sql("""
            update owed_stops o set tried_at = :now, tries = tries + 1
              from transaction_sync_state s
             where s.steve_transaction_id = o.steve_transaction_id
               and o.steve_transaction_id in (
                    select d.steve_transaction_id
                      from owed_stops d
                      join transaction_sync_state t on t.steve_transaction_id = d.steve_transaction_id
                     where not t.is_finalized
                       and (d.tried_at is null
                            or d.tried_at <= cast(:now as timestamptz) - least(interval '1 hour',
                                   interval '1 minute' * power(2, least(greatest(d.tries - 10, 0), 6))))
                     order by d.tried_at nulls first, d.steve_transaction_id
                     limit :limit
                     for update of d skip locked)
            returning o.steve_transaction_id, s.charge_box_id
            """)
                .param("now", SqlTime.utc(now))
                .param("limit", limit)
                .query((row, number) -> new OwedStop(new SessionId(row.getLong(1)), new ChargeBoxId(row.getString(2))))
                .list();
    }

    /** Deletes the stops of closed sessions. */
    void settleEnded() {
        jdbc.sql("""
            delete from owed_stops o using transaction_sync_state s
             where s.steve_transaction_id = o.steve_transaction_id and s.is_finalized
            """).update();
    }
}
