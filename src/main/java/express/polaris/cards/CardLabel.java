package express.polaris.cards;

/** How a card is shown to its driver. */
public record CardLabel(String label, String colour) {}
