package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * A transaction as SteVe lists it.
 *
 * @param id SteVe's primary key: the order of arrival, not of start
 * @param startTimestamp by the station's clock
 * @param startValue the register at the start in Wh, as sent
 * @param stop empty while SteVe has it active
 */
public record SteveTransaction(
        long id,
        String chargeBoxId,
        int connectorId,
        String ocppIdTag,
        Instant startTimestamp,
        String startValue,
        Optional<SteveStop> stop) {}
