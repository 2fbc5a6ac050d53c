package express.polaris.sessions.ownership;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.stations.cards.CardSessions;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.SessionHistory;
import express.polaris.units.Energy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions of cards. A card that is linked after a session gets the session only if it has no owner. */
@Repository
class CardSessionHistory implements SessionHistory {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    CardSessionHistory(JdbcClient jdbc, ApplicationEventPublisher publisher, Clock clock) {
        this.jdbc = jdbc;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public int attachUnowned(EvCard card) {
        var attached = jdbc.sql("""
            update transaction_sync_state
               set ev_card_id = :card, driver_id = :driver, revision = revision + 1, updated_at = :now
             where steve_transaction_id in (
                   select steve_transaction_id from transaction_sync_state
                    where lower(ocpp_id_tag) = lower(:tag) and driver_id is null
                      and started_at >= :from and (cast(:until as timestamptz) is null or started_at < :until)
                    order by steve_transaction_id
                      for no key update)
            returning steve_transaction_id, revision
            """)
                .param("card", card.id().value())
                .param("driver", card.driver().value())
                .param("now", SqlTime.utc(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                .param("tag", card.idTag().value())
                .param("from", SqlTime.utc(card.from()))
                .param("until", SqlTime.utc(card.until()))
                .query((row, number) ->
                        new SessionProgressed(new SessionId(row.getLong(1)), row.getLong(2), Optional.empty(), false))
                .list();
        attached.forEach(publisher::publishEvent);
        return attached.size();
    }

    @Override
    public Optional<Instant> latestOwnedStart(EvCardId card) {
        return jdbc.sql("select max(started_at) as latest from transaction_sync_state where ev_card_id = ?")
                .param(card.value())
                .query((row, number) -> SqlTime.instant(row, "latest"))
                .optional()
                .flatMap(Function.identity());
    }

    @Override
    public CardSessions sessionsOf(EvCardId card) {
        return jdbc.sql("""
            select coalesce(sum(sessions), 0)::int as sessions, coalesce(sum(energy_wh), 0) as energy_wh,
                   (select min(started_at) from transaction_sync_state where ev_card_id = :card) as first,
                   (select max(started_at) from transaction_sync_state where ev_card_id = :card) as last
              from (select sessions, energy_wh from card_sessions where ev_card_id = :card
                    union all
                    select sessions, energy_wh from session_changes where ev_card_id = :card) counted
            """)
                .param("card", card.value())
                .query((row, number) -> new CardSessions(
                        row.getInt("sessions"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh")),
                        SqlTime.instant(row, "first"),
                        SqlTime.instant(row, "last")))
                .single();
    }
}
