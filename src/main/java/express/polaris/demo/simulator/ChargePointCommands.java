package express.polaris.demo.simulator;

import java.time.Instant;
import java.util.Optional;

/** Reaction of a connected station to remote operations. */
public interface ChargePointCommands {

    /**
     * OCPP 1.6, 5.11.
     *
     * @param connectorId absent if the station may choose
     * @return whether the station accepts
     */
    boolean remoteStart(Optional<Integer> connectorId, String idTag);

    /**
     * OCPP 1.6, 5.12.
     *
     * @return whether the station accepts
     */
    boolean remoteStop(long transactionId);

    /** Notifies the station that SteVe closed the transaction without it. */
    default void closedByHand(long transactionId, Instant stoppedAt, long stopWattHours) {}
}
