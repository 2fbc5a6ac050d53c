package express.polaris.stations.cards;

import java.util.List;
import java.util.Optional;

/**
 * Page of cards, newest link first.
 *
 * @param next key of the next page; empty on the last page
 */
public record CardSlice(List<EvCard> items, Optional<EvCardId> next) {
    public CardSlice {
        items = List.copyOf(items);
    }
}
