package express.polaris.sessions;

import express.polaris.metering.MeterStop;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * A transaction according to SteVe, as far as a session needs it.
 *
 * @param startedAt station clock
 * @param startValue register at the start
 * @param stop empty while the transaction is active in SteVe
 */
public record TransactionFacts(
        SessionId id,
        String chargeBoxId,
        int connectorId,
        String idTag,
        Instant startedAt,
        Energy startValue,
        Optional<MeterStop> stop) {

    /**
     * Whether both describe the same transaction: charge box and idTag (without case), connector, start time and start
     * value.
     */
    public boolean isSameTransactionAs(TransactionFacts other) {
        return chargeBoxId.equalsIgnoreCase(other.chargeBoxId)
                && connectorId == other.connectorId
                && idTag.equalsIgnoreCase(other.idTag)
                && startedAt.equals(other.startedAt)
                && startValue.equals(other.startValue);
    }
}
