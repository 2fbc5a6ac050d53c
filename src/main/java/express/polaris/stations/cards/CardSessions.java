package express.polaris.stations.cards;

import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * What a card was used for.
 *
 * @param first when the first of the sessions started
 * @param last when the last of them started
 */
public record CardSessions(int sessions, Energy energy, Optional<Instant> first, Optional<Instant> last) {

    public static final CardSessions NONE = new CardSessions(0, Energy.ZERO, Optional.empty(), Optional.empty());

    public boolean isEmpty() {
        return sessions == 0;
    }
}
