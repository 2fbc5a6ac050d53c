package express.polaris.demo.simulator;

/**
 * Kinds of calls that are counted separately, because calls of one kind cost SteVe about the same regardless of the
 * size of the answer.
 */
public enum CallKind {
    TRANSACTION_LIST,
    TRANSACTION_DETAILS,
    TRANSACTION_STOP,
    OCPP_TAGS,
    OPERATION,
    /** Without valid credentials. */
    UNAUTHORIZED,
    /** An unknown path. */
    OTHER
}
