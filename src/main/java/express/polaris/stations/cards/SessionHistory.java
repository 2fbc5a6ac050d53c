package express.polaris.stations.cards;

import java.time.Instant;
import java.util.Optional;

/**
 * What cards must know about sessions, told by the module that has them. Every call runs in the transaction that changes
 * the ownership, while {@link CardService#ownerAt} for the same idTag waits in other transactions.
 */
public interface SessionHistory {

    /**
     * Gives the card and its driver to every session of its idTag that has no owner and starts within the ownership.
     * Sessions that have an owner stay as they are.
     *
     * @return how many sessions that were
     */
    int attachUnowned(EvCard card);

    /** When the last session that belongs to this card started, also one with a sealed event. */
    Optional<Instant> latestOwnedStart(EvCardId card);

    /** The sessions that belong to this card. */
    CardSessions sessionsOf(EvCardId card);
}
