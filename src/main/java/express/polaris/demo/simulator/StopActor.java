package express.polaris.demo.simulator;

/** Source of a transaction's stop. */
public enum StopActor {
    /** The station's StopTransaction. */
    STATION("station"),
    /** A manual stop in SteVe or over its REST API. */
    MANUAL("manual");

    private final String wireName;

    StopActor(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
