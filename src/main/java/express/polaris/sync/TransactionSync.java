package express.polaris.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How sync stands with one transaction.
 *
 * @param firstSeenAt by our clock
 * @param finalizedAt when SteVe was first found to have closed it, by our clock
 * @param steveStartedAt SteVe's word for the start
 * @param lastReadAt when SteVe last answered about it
 * @param nextReadAt when it is due again; empty when not before something about it changes
 * @param readsSinceStop how often it was read since SteVe closed it
 * @param failures how many reads in a row have failed
 * @param missed how often SteVe has said that it does not know it, and did not say otherwise since
 * @param conflict the other charge that SteVe has under its id
 * @param errors what sync could not take over, the latest first
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

    /** An error and the run that it is in. */
    public record RunError(long run, Instant at, SyncFault fault) {}
}
