package express.polaris.cards;

import express.polaris.problems.Refusal;

/** What a change to ownerships would do; nothing was changed. */
public sealed interface CardPreview {

    /**
     * It can be done.
     *
     * @param card as it would be; after a transfer the new one
     * @param attaches the sessions without an owner that the card would take
     * @param stays the sessions that stay with the card that ends
     */
    record Possible(EvCard card, CardSessions attaches, CardSessions stays) implements CardPreview {}

    /** It would be refused. */
    record Refused(Refusal refusal) implements CardPreview {}
}
