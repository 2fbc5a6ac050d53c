package express.polaris.stations.chargers;

/** A charger accepted a remote start; its transaction should appear in SteVe soon. Published on this node only. */
public record RemoteStartAccepted(ChargeBoxId chargeBox) {}
