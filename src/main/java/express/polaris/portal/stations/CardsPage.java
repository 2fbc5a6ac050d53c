package express.polaris.portal.stations;

import express.polaris.portal.CardView;
import express.polaris.units.Energy;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /cards}.
 *
 * @param open cards that the viewer owns, including lost ones
 * @param ended cards that the viewer owned before
 */
public record CardsPage(Shell shell, List<Item> open, List<Item> ended) {

    /** Colours to choose from; a stored card may have another. */
    public static final List<String> COLOURS = List.of("blue", "green", "amber", "red", "violet", "grey");

    /**
     * Card.
     *
     * @param tag idTag, masked
     * @param lostAt when it was reported as lost
     * @param use empty for a card without sessions
     */
    public record Item(
            long id,
            CardView card,
            String tag,
            Instant from,
            Optional<Instant> until,
            Optional<Instant> lostAt,
            Optional<Use> use) {}

    /**
     * Usage of a card.
     *
     * @param session id of its latest session
     * @param month energy of the sessions that started in this calendar month in the viewer's zone
     */
    public record Use(long session, Instant at, Energy month) {}
}
