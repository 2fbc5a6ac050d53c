package express.polaris.sessions.statistics;

import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.stations.cards.EvCardId;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Last use and energy of a driver's cards. */
@Repository
public class CardUses {

    private final JdbcClient jdbc;

    CardUses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Use of one card.
     *
     * @param last the session that started last
     * @param energy energy of the sessions that started since the given instant
     */
    public record CardUse(EvCardId card, SessionId last, Instant lastStartedAt, Energy energy) {}

    /** Use by card; a card without sessions is omitted. {@code since} restricts only the energy. */
    public Map<EvCardId, CardUse> of(Collection<EvCardId> cards, Instant since) {
        return jdbc
                .sql("""
            select card.id as ev_card_id, latest.started_at as last_started_at, latest.steve_transaction_id as last_id,
                   coalesce(recent.energy_wh, 0) as energy_wh
              from unnest(:cards) card(id)
             cross join lateral (
                   select s.started_at, s.steve_transaction_id from transaction_sync_state s
                    where s.ev_card_id = card.id
                    order by s.started_at desc, s.steve_transaction_id desc limit 1) latest
             cross join lateral (
                   select sum(s.energy_wh) as energy_wh from transaction_sync_state s
                    where s.ev_card_id = card.id and s.started_at >= :since) recent
            """)
                .param("cards", cards.stream().map(EvCardId::value).toArray(Long[]::new))
                .param("since", SqlTime.utc(since))
                .query((row, number) -> new CardUse(
                        new EvCardId(row.getLong("ev_card_id")),
                        new SessionId(row.getLong("last_id")),
                        SqlTime.required(row, "last_started_at"),
                        Energy.ofWattHours(row.getBigDecimal("energy_wh"))))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(CardUse::card, use -> use));
    }
}
