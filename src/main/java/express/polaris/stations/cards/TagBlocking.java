package express.polaris.stations.cards;

import express.polaris.steve.SteveUnavailable;

/** Blocks and unblocks idTags in the central system. */
interface TagBlocking {

    /**
     * Prevents new transactions with the idTag. Idempotent.
     *
     * @throws SteveUnavailable when it must be retried
     */
    void block(IdTag idTag);

    /**
     * @throws SteveUnavailable when, as far as is known, nothing changed
     */
    void unblock(IdTag idTag);
}
