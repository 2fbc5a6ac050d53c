package express.polaris.simulator;

/** Kinds of calls that are counted apart, because each costs SteVe about the same however little it answers. */
public enum CallKind {
    TRANSACTION_LIST,
    TRANSACTION_DETAILS,
    TRANSACTION_STOP,
    OCPP_TAGS,
    OPERATION,
    /** Refused for its credentials. */
    UNAUTHORIZED,
    /** A path that SteVe does not have. */
    OTHER
}
