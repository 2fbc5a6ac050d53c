package express.polaris.cards;

import java.util.List;
import java.util.Optional;

/**
 * Some cards, the last linked first.
 *
 * @param next where the next page begins; empty on the last page
 */
public record CardPage(List<EvCard> items, Optional<EvCardId> next) {
    public CardPage {
        items = List.copyOf(items);
    }
}
