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

    /** Move of a session to another owner; empty if the idTag had no owner at the start. */
    record Move(Optional<EvCard> card) {

        Stream<AccountId> driver() {
            return card.map(EvCard::driver).stream();
        }
    }

    /**
     * The move that a changed start requires; empty if the owner stays. An owner chosen by an operator stays.
     *
     * @param known the session before the change
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

    /** Does nothing if an event of the session is sealed. The caller blocks invoicing of both drivers' energy. */
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
