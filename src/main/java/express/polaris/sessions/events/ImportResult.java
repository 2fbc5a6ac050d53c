package express.polaris.sessions.events;

import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.TransactionFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Result of applying a SteVe answer to one session. */
public sealed interface ImportResult {

    /**
     * The answer was taken over.
     *
     * @param eventsWritten rows that are new or different now
     * @param visibly whether the revision was raised
     * @param isLive SteVe has the transaction active
     * @param closingFault why a closed session has no closing event
     * @param lastReadingAt by the meter's clock
     * @param heldUntil when the next reading that lies ahead of its time will count
     */
    record Taken(
            int eventsWritten,
            boolean visibly,
            boolean isLive,
            Optional<ClosingFault> closingFault,
            Optional<Instant> lastReadingAt,
            Optional<Duration> samplingInterval,
            Optional<Instant> heldUntil)
            implements ImportResult {}

    /** A newer answer is already stored. */
    record Outdated() implements ImportResult {}

    /** SteVe has a different transaction under this id; nothing was applied. */
    record Conflict(TransactionFacts known, TransactionFacts found) implements ImportResult {}
}
