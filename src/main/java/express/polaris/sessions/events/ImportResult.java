package express.polaris.sessions.events;

import express.polaris.sessions.ClosingFault;
import express.polaris.sessions.TransactionFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Result of applying a SteVe answer to one session. */
public sealed interface ImportResult {

    /**
     * The answer was applied.
     *
     * @param eventsWritten number of event rows that are new or changed
     * @param visibly whether the revision was raised
     * @param isLive whether the transaction is active in SteVe
     * @param closingFault why a closed session has no closing event
     * @param lastReadingAt by the meter's clock
     * @param heldUntil when the next reading whose time is in the future will count
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
