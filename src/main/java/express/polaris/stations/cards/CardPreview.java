package express.polaris.stations.cards;

import express.polaris.platform.refusals.Refusal;

/** Preview of a change to ownerships; changes nothing. */
public sealed interface CardPreview {

    /**
     * The change is possible.
     *
     * @param card its state after the change; for a transfer the new card
     * @param attaches the sessions without an owner that the card would get
     * @param stays the sessions that would stay with the card that ends
     */
    record Possible(EvCard card, CardSessions attaches, CardSessions stays) implements CardPreview {}

    /** The change would be refused. */
    record Refused(Refusal refusal) implements CardPreview {}
}
