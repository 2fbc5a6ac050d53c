package express.polaris.steve;

/** State of a route's circuit breaker. */
public enum SteveCircuit {
    /** Every call is sent. */
    CLOSED,
    /** Recent calls failed; none is sent for a while. */
    OPEN,
    /** One call tests whether SteVe answers again. */
    TRYING
}
