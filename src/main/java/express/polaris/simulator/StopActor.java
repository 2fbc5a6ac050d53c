package express.polaris.simulator;

/** Who told SteVe that a transaction ended. */
public enum StopActor {
    /** The station's StopTransaction. */
    STATION("station"),
    /** Somebody's hand in SteVe, or its REST API. */
    MANUAL("manual");

    private final String wireName;

    StopActor(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
