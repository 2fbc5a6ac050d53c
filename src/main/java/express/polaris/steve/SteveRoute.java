package express.polaris.steve;

/**
 * Calls that fail together. Each route has a circuit breaker of its own: a SteVe that cannot tell a transaction's details
 * still lists its stop, and passes on what somebody asks a station for.
 */
public enum SteveRoute {
    /** Lists of transactions: which there are, and whether they have stopped. */
    LISTS,
    /** One transaction with its meter values. */
    DETAILS,
    /** What people ask for: remote operations, closing a transaction, tags. */
    COMMANDS
}
