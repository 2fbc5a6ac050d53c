package express.polaris.cards;

/** How a card stands at an instant; derived, never stored. */
public enum CardState {
    ACTIVE,
    /** Reported lost, and the ownership still open. */
    LOST,
    ENDED
}
