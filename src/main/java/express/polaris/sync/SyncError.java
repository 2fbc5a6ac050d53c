package express.polaris.sync;

import java.time.Instant;
import java.util.Optional;

/** Something that sync could not take over, and why. */
public record SyncError(Instant at, Optional<Long> transactionId, String reason) {}
