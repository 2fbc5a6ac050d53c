package express.polaris.sync;

import java.time.Instant;
import java.util.Optional;

/** A fault that a run recorded. */
public record SyncError(Instant at, Optional<Long> transactionId, SyncFault fault) {

    /** English sentence. */
    public String reason() {
        return fault.english();
    }
}
