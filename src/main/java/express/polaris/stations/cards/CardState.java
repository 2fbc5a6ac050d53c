package express.polaris.stations.cards;

/** State of a card at an instant; derived, not stored. */
public enum CardState {
    ACTIVE,
    /** Reported lost, and the ownership has not ended. */
    LOST,
    ENDED
}
