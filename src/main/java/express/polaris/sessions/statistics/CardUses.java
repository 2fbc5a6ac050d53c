package express.polaris.sessions.statistics;

import express.polaris.accounts.AccountId;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.stations.cards.EvCardId;
import express.polaris.units.Energy;
import java.time.Instant;
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
    public Map<EvCardId, CardUse> of(AccountId driver, Instant since) {
        return jdbc
                .sql("""
            select ev_card_id, max(started_at) as last_started_at,
                   (array_agg(steve_transaction_id order by started_at desc, steve_transaction_id desc))[1] as last_id,
                   coalesce(sum(energy_wh) filter (where started_at >= :since), 0) as energy_wh
              from transaction_sync_state
             where driver_id = :driver and ev_card_id is not null
             group by ev_card_id
            """)
                .param("driver", driver.value())
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
