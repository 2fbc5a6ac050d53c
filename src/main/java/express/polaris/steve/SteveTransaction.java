package express.polaris.steve;

import java.time.Instant;
import java.util.Optional;

/**
 * Transaction as SteVe lists it.
 *
 * @param id SteVe's primary key, in the order of arrival, not of start
 * @param startTimestamp station time
 * @param startValue register at the start in Wh, as sent
 * @param stop empty while SteVe considers it active
 */
public record SteveTransaction(
        long id,
        String chargeBoxId,
        int connectorId,
        String ocppIdTag,
        Instant startTimestamp,
        String startValue,
        Optional<SteveStop> stop) {}
