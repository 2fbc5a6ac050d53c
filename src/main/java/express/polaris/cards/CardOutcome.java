package express.polaris.cards;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of a change to a card. Unless it is {@link Done}, nothing was changed. */
public sealed interface CardOutcome {

    /**
     * Done, or already so.
     *
     * @param card as it is now; after a transfer the new one
     * @param attachedSessions how many sessions without an owner now belong to the card
     */
    record Done(EvCard card, int attachedSessions) implements CardOutcome {}

    /** No such card, or somebody else's, or no longer the driver's: all the same. */
    record NotFound() implements CardOutcome {}

    /**
     * What is stored does not allow it.
     *
     * @param why in a word
     * @param message for operators: names driver and card by id
     * @param with the card that stands in the way, where there is one
     * @param at the instant that stands in the way, where there is one
     */
    record Conflict(Why why, String message, Optional<EvCard> with, Optional<Instant> at) implements CardOutcome {}

    /** Why what is stored does not allow a change. */
    enum Why {
        /** The card belongs to that driver already. */
        THEIRS_ALREADY,
        /** The ownership is over. */
        ENDED,
        /** The ownership began later than it should end. */
        BEFORE_ITS_START,
        /** A session of the card started later than the card should end. */
        SESSION_AFTER,
        /** The idTag belongs to somebody at that time. */
        TAKEN,
        /** SteVe has still to be told to block the idTag. */
        BLOCK_OWED,
        /** Reported lost; only {@link LostCards#found} makes it usable again. */
        LOST
    }

    /** All faults at once. */
    record Invalid(List<CardFault> faults) implements CardOutcome {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
