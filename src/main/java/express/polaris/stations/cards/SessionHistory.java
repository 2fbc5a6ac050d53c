package express.polaris.stations.cards;

import java.time.Instant;
import java.util.Optional;

/**
 * Sessions of cards, implemented by the module that owns sessions. Every call runs in the transaction that changes
 * the ownership, while {@link CardService#ownerAt} for the same idTag waits in other transactions.
 */
public interface SessionHistory {

    /**
     * Attaches the card and its driver to every session of its idTag that has no owner and starts within the
     * ownership. Sessions with an owner stay as they are.
     *
     * @return number of attached sessions
     */
    int attachUnowned(EvCard card);

    /** Start of the latest session that belongs to this card, including sessions with a sealed event. */
    Optional<Instant> latestOwnedStart(EvCardId card);

    /** Usage of this card. */
    CardSessions sessionsOf(EvCardId card);
}
