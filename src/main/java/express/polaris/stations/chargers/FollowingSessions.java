package express.polaris.stations.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.stations.cards.EvCardId;
import java.time.Instant;
import java.util.Optional;

/** What chargers must know about sessions, told by the module that has them. */
public interface FollowingSessions {

    /**
     * Whether the driver charged with that card at that charger since then, and has ended.
     *
     * @param connector empty for any
     * @param since by our clock: sessions that were not known before
     */
    boolean isOver(AccountId driver, EvCardId card, ChargeBoxId chargeBox, Optional<Integer> connector, Instant since);
}
