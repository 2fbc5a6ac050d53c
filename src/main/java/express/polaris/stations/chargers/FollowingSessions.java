package express.polaris.stations.chargers;

import express.polaris.accounts.AccountId;
import express.polaris.stations.cards.EvCardId;
import java.time.Instant;
import java.util.Optional;

/** Sessions that follow a remote start, implemented by the module that owns sessions. */
public interface FollowingSessions {

    /**
     * Whether a session of that driver with that card at that charger became known since then and has ended.
     *
     * @param connector empty for any
     * @param since by the server's clock; only sessions that became known after it count
     */
    boolean isOver(AccountId driver, EvCardId card, ChargeBoxId chargeBox, Optional<Integer> connector, Instant since);
}
