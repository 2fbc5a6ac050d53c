package express.polaris.cards;

/** Identifies an EV card, that is one ownership of an idTag: after a transfer the same idTag is another EV card. */
public record EvCardId(long value) {}
