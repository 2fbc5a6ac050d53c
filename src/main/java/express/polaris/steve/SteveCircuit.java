package express.polaris.steve;

/** Whether SteVe is asked at all. */
public enum SteveCircuit {
    /** Every call is sent. */
    CLOSED,
    /** The last calls failed: nothing is sent for a while. */
    OPEN,
    /** One call tries whether SteVe answers again. */
    TRYING
}
