package express.polaris.sessions.events;

import express.polaris.sessions.TransactionFacts;

/** Result of processing one row of a SteVe list. */
public sealed interface DiscoveryResult {

    /** The session is new. */
    record Started() implements DiscoveryResult {}

    /** SteVe's stop differs from the stored one; a read is due. */
    record Closed() implements DiscoveryResult {}

    /** SteVe lists a closed or vanished transaction as active. Nothing was changed; a read of the details decides. */
    record Doubtful() implements DiscoveryResult {}

    record Unchanged() implements DiscoveryResult {}

    /** SteVe has a different transaction under this id; nothing was applied. */
    record Conflict(TransactionFacts known, TransactionFacts found) implements DiscoveryResult {}
}
