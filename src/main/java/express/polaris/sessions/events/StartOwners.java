package express.polaris.sessions.events;

import express.polaris.accounts.AccountId;
import express.polaris.sessions.SessionId;
import express.polaris.stations.cards.CardService;
import express.polaris.stations.cards.EvCard;
import express.polaris.stations.cards.IdTag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reassigns a session to the driver who had the idTag at its start, when the believed start moves. */
@Component
class StartOwners {

    private final StateRepository states;
    private final EventRepository events;
    private final CardService cards;
    private final Clock clock;

    StartOwners(StateRepository states, EventRepository events, CardService cards, Clock clock) {
        this.states = states;
        this.events = events;
        this.cards = cards;
        this.clock = clock;
    }

    /** Another owner of a session; empty where the idTag was nobody's at the start. */
    record Move(Optional<EvCard> card) {

        Stream<AccountId> driver() {
            return card.map(EvCard::driver).stream();
        }
    }

    /**
     * The move that a moved start entails. An owner whom an operator chose stays, and one who has an invoice with events
     * of it.
     *
     * @param known the session as it was before
     */
    Optional<Move> startMoved(KnownSession known, Instant startedAt) {
        if (startedAt.equals(known.startedAt())) {
            return Optional.empty();
        }
        var tag = new IdTag(known.facts().idTag());
        var before = cards.ownerAt(tag, known.startedAt()).map(EvCard::driver);
        var owner = cards.ownerAt(tag, startedAt);
        boolean byRule = known.driver().equals(before);
        return byRule && !owner.map(EvCard::driver).equals(before) ? Optional.of(new Move(owner)) : Optional.empty();
    }

    /** The caller holds off invoices of both drivers' energy. */
    void move(SessionId session, Move move) {
        if (!events.hasSealed(session)) {
            states.owner(
                    session,
                    move.card(),
                    move.card().map(EvCard::driver),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }
    }
}
