package express.polaris.stations.cards;

/** Id of an EV card, i.e. of one ownership of an idTag: a transfer creates a new EV card for the same idTag. */
public record EvCardId(long value) {}
