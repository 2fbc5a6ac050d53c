package express.polaris.portal;

import express.polaris.portal.stations.CardsPage;

/**
 * Label and colour of a session's card.
 *
 * @param colour one of {@link CardsPage#COLOURS}, or {@code #rrggbb}
 */
public record CardView(String label, String colour) {}
