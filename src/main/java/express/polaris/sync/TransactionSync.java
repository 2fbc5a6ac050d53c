package express.polaris.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * State of sync for one transaction.
 *
 * @param firstSeenAt portal clock
 * @param finalizedAt when SteVe was first found to have closed it (portal clock)
 * @param steveStartedAt start according to SteVe (station clock)
 * @param lastReadAt when the last applied answer was requested
 * @param nextReadAt when the next read is due; empty if none is due before something about it changes
 * @param readsSinceStop number of reads since SteVe closed it
 * @param failures number of reads in a row that failed
 * @param missed how often SteVe did not know it, since SteVe last did
 * @param conflict the different transaction that SteVe has under its id
 * @param errors what sync could not apply, latest first; at most 20
 */
public record TransactionSync(
        Instant firstSeenAt,
        Optional<Instant> finalizedAt,
        Instant steveStartedAt,
        Optional<Instant> lastReadAt,
        Optional<Instant> nextReadAt,
        int readsSinceStop,
        int failures,
        Optional<SyncFault> lastFault,
        int missed,
        Optional<SyncFault> conflict,
        List<RunError> errors) {

    /** An error and its run. */
    public record RunError(long run, Instant at, SyncFault fault) {}
}
