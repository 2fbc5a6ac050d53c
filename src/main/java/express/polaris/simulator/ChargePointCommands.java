package express.polaris.simulator;

import java.time.Instant;
import java.util.Optional;

/** What a connected station does with a remote operation. */
public interface ChargePointCommands {

    /**
     * OCPP 1.6, 5.11.
     *
     * @param connectorId absent when the station may choose
     * @return whether the station accepts
     */
    boolean remoteStart(Optional<Integer> connectorId, String idTag);

    /**
     * OCPP 1.6, 5.12.
     *
     * @return whether the station accepts
     */
    boolean remoteStop(long transactionId);

    /** SteVe closed the transaction without the station. */
    default void closedByHand(long transactionId, Instant stoppedAt, long stopWattHours) {}
}
