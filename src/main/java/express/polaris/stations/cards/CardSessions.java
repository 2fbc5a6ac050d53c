package express.polaris.stations.cards;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * Usage of a card.
 *
 * @param first start of the first session
 * @param last start of the last session
 */
public record CardSessions(int sessions, Energy energy, Optional<Instant> first, Optional<Instant> last) {

    public static final CardSessions NONE = new CardSessions(0, Energy.ZERO, Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return sessions == 0;
    }
}
