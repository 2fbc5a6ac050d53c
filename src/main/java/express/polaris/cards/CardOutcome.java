package express.polaris.cards;

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
     * @param message for operators: names driver and card by id
     * @param with the card that stands in the way, where there is one
     */
    record Conflict(String message, Optional<EvCard> with) implements CardOutcome {}

    /** All faults at once. */
    record Invalid(List<CardFault> faults) implements CardOutcome {
        public Invalid {
            faults = List.copyOf(faults);
        }
    }
}
