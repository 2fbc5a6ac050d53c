package express.polaris.sessions;

import express.polaris.metering.MeterEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored event of a session.
 *
 * @param syncedAt when this row was stored, by the server's clock
 * @param sealedAt when an invoice sealed it; the event never changes after that
 */
public record SyncedTransactionEvent(
        SessionId session, MeterEvent event, Instant syncedAt, Optional<Instant> sealedAt) {

    public boolean isSealed() {
        return sealedAt.isPresent();
    }
}
