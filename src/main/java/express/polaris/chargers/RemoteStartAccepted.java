package express.polaris.chargers;

/** A charger accepted a remote start: its transaction should appear in SteVe soon. Told on this node alone. */
public record RemoteStartAccepted(ChargeBoxId chargeBox) {}
