package express.polaris.stations.cards;

/**
 * A card after a change, or unchanged if there was nothing to change.
 *
 * @param card the new card after a transfer
 * @param attachedSessions number of sessions without an owner that now belong to the card
 */
public record CardChange(EvCard card, int attachedSessions) {}
