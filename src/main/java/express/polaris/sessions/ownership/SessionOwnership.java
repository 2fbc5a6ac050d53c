package express.polaris.sessions.ownership;

import express.polaris.accounts.AccountId;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionProgressed;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.events.StateRepository;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.EvCardId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ownership of sessions: a session belongs to the driver who owned its card at the session's start. An operator
 * can move a wrongly attached session, as long as none of its events is on an invoice.
 */
@Repository
public class SessionOwnership {

    private final JdbcClient jdbc;
    private final StateRepository states;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    SessionOwnership(JdbcClient jdbc, StateRepository states, ApplicationEventPublisher publisher, Clock clock) {
        this.jdbc = jdbc;
        this.states = states;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Number of sessions by card; cards without sessions are omitted. */
    public Map<EvCardId, Integer> attachedTo(Collection<EvCardId> cards) {
        return jdbc
                .sql("""
                    select ev_card_id, sum(sessions)::int as sessions
                      from (select ev_card_id, sessions from card_sessions where ev_card_id = any(:cards)
                            union all
                            select ev_card_id, sessions from session_changes where ev_card_id = any(:cards)) counted
                     group by ev_card_id
                    having sum(sessions) > 0
                    """)
                .param("cards", cards.stream().map(EvCardId::value).toArray(Long[]::new))
                .query((row, number) -> Map.entry(new EvCardId(row.getLong("ev_card_id")), row.getInt("sessions")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Moves a session to another driver. The caller has authorised the request and writes the audit log in the same
     * transaction.
     *
     * @param card the new driver's card for the session's idTag, if any
     * @throws NotFound if there is no such session
     * @throws Conflict if events of the session are on an invoice
     */
    @Transactional
    public void correctOwner(SessionId id, AccountId driver, Optional<EvCard> card) {
        var known = states.lock(id);
        if (known.isEmpty()) {
            throw new NotFound();
        }
        states.holdPrices(Stream.concat(known.get().driver().stream(), Stream.of(driver)));
        boolean invoiced = jdbc.sql("""
            select exists (select 1 from synced_transaction_events
                            where steve_transaction_id = ? and sealed_at is not null)
            """).param(id.value()).query(Boolean.class).single();
        if (invoiced) {
            throw new Conflict(SessionReason.INVOICED.with(id));
        }
        long revision = states.owner(id, card, Optional.of(driver), now());
        publisher.publishEvent(new SessionProgressed(id, revision, Optional.empty(), false));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
