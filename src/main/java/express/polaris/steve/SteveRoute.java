package express.polaris.steve;

/**
 * Group of calls that tend to fail together. Each route has its own circuit breaker: a SteVe that cannot deliver a
 * transaction's details may still list its stop and pass commands on to stations.
 */
public enum SteveRoute {
    /** Lists of transactions: which exist, and which have stopped. */
    LISTS,
    /** One transaction with its meter values. */
    DETAILS,
    /** Users' commands: remote operations, closing a transaction, tags. */
    COMMANDS
}
