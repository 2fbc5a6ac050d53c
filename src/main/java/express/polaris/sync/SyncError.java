package express.polaris.sync;

import java.time.Instant;
import java.util.Optional;

/** A fault of a run. */
public record SyncError(Instant at, Optional<Long> transactionId, SyncFault fault) {

    /** The English sentence. */
    public String reason() {
        return fault.english();
    }
}
