package express.polaris.sessions;

/** What became of a row in one of SteVe's lists. */
public sealed interface Discovered {

    /** A session that was not known. */
    record Started() implements Discovered {}

    /** SteVe says something else of its end than before; a read is due. */
    record Closed() implements Discovered {}

    /** SteVe lists as active what it had closed or lost; nothing was changed, a read of the details decides. */
    record Doubtful() implements Discovered {}

    record Unchanged() implements Discovered {}

    /** The id is known as another charge: nothing was applied. */
    record Conflict(TransactionFacts known, TransactionFacts found) implements Discovered {}
}
