package express.polaris.stations.cards;

/**
 * A card after a change, or as it already was.
 *
 * @param card after a transfer the new one
 * @param attachedSessions how many sessions without an owner now belong to the card
 */
public record CardChange(EvCard card, int attachedSessions) {}
