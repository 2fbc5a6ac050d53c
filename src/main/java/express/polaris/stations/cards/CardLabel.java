package express.polaris.stations.cards;

/** Label and colour of a card, for its driver. */
public record CardLabel(String label, String colour) {}
