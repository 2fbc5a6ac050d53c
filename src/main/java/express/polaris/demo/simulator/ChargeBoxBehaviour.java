package express.polaris.demo.simulator;

/** Reaction of a charge box to remote operations. */
public enum ChargeBoxBehaviour {
    /** Connected; answers by its state: Accepted, or Rejected when the connector is busy. */
    ONLINE,
    /** Not connected: SteVe refuses the operation at once (400). */
    OFFLINE,
    /** Connected; answers Rejected. */
    REJECTS,
    /** Connected, but never answers: SteVe gives up after its wait, with an unfinished task. */
    SILENT
}
