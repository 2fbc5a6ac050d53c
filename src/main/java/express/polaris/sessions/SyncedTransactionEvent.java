package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * An event of a session as it is stored.
 *
 * @param syncedAt when this row was learnt, by our clock
 * @param sealedAt when an invoice took it; from then on it never changes
 */
public record SyncedTransactionEvent(
        SessionId session, MeterEvent event, Instant syncedAt, Optional<Instant> sealedAt) {

    public boolean isSealed() {
        return sealedAt.isPresent();
    }
}
