package express.polaris.sessions;

import express.polaris.cards.Cards;
import express.polaris.cards.EvCard;
import express.polaris.cards.IdTag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Keeps a session with the driver whose card it was at its start, when that start turns out to be another instant. */
@Component
class StartOwners {

    private final StateRepository states;
    private final EventRepository events;
    private final Cards cards;
    private final Clock clock;

    StartOwners(StateRepository states, EventRepository events, Cards cards, Clock clock) {
        this.states = states;
        this.events = events;
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * The believed start has moved. An owner whom an operator chose stays, and one who has an invoice with events of it.
     *
     * @param known the session as it was before
     */
    void startMoved(TransactionFacts facts, KnownSession known, Instant startedAt) {
        if (startedAt.equals(known.startedAt())) {
            return;
        }
        var tag = new IdTag(facts.idTag());
        var before = cards.ownerAt(tag, known.startedAt()).map(EvCard::driver);
        var owner = cards.ownerAt(tag, startedAt);
        boolean byRule = known.driver().equals(before);
        if (byRule && !owner.map(EvCard::driver).equals(before) && !events.hasSealed(facts.id())) {
            states.owner(
                    facts.id(),
                    owner,
                    owner.map(EvCard::driver),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }
    }
}
