package express.polaris.simulator;

/** How a charge box takes a remote operation. */
public enum ChargeBoxBehaviour {
    /** Connected; answers by its own state: Accepted, or Rejected when the connector is busy. */
    ONLINE,
    /** Not connected: SteVe refuses the operation at once (400). */
    OFFLINE,
    /** Connected; answers Rejected. */
    REJECTS,
    /** Connected; never answers: SteVe gives up after its wait, with an unfinished task. */
    SILENT
}
