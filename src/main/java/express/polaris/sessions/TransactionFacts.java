package express.polaris.sessions;

import express.polaris.metering.MeterStop;
import express.polaris.units.Energy;
import java.time.Instant;
import java.util.Optional;

/**
 * What SteVe says of a transaction, as far as a session is concerned.
 *
 * @param startedAt by the station's clock
 * @param startValue the register at the start
 * @param stop empty while SteVe has the transaction as active
 */
public record TransactionFacts(
        SessionId id,
        String chargeBoxId,
        int connectorId,
        String idTag,
        Instant startedAt,
        Energy startValue,
        Optional<MeterStop> stop) {

    /** Whether both speak of the same charge: charge box, connector, tag and start; the first and third without case. */
    boolean isSameTransactionAs(TransactionFacts other) {
        return chargeBoxId.equalsIgnoreCase(other.chargeBoxId)
                && connectorId == other.connectorId
                && idTag.equalsIgnoreCase(other.idTag)
                && startedAt.equals(other.startedAt)
                && startValue.equals(other.startValue);
    }
}
