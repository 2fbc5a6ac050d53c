package express.polaris.portal;

import express.polaris.units.Energy;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /cards}.
 *
 * @param open those that are the viewer's now, lost ones too
 * @param ended those that were
 */
public record CardsPage(Shell shell, List<Item> open, List<Item> ended) {

    /** What a driver can choose from; a card made elsewhere may have another. */
    public static final List<String> COLOURS = List.of("blue", "green", "amber", "red", "violet", "grey");

    /**
     * One card.
     *
     * @param tag masked
     * @param lostAt when it was reported lost
     * @param use empty for a card that never charged
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
     * What a card was used for.
     *
     * @param session the last
     * @param month energy of the sessions that started in this calendar month, in the viewer's zone
     */
    public record Use(long session, Instant at, Energy month) {}
}
