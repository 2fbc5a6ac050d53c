package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How sync stands.
 *
 * @param operatorPause an operator has stopped it
 * @param ownPause why sync leaves vanished transactions alone by itself
 * @param lag how long the oldest read that is due has waited; zero when none has
 * @param backfill how many transactions were closed before their first read, which is still to come
 * @param catchUp transactions that were found and are still to be listed: in a first import, all of SteVe's
 * @param lastDiscoveryAt when it was last found out which transactions there are
 * @param lastComparedAt when the last 90 days were last compared
 * @param steve of this node
 */
public record SyncState(
        Optional<OperatorPause> operatorPause,
        Optional<SyncFault> ownPause,
        Duration lag,
        long backfill,
        Optional<CatchUpState> catchUp,
        Optional<Instant> lastDiscoveryAt,
        Optional<Instant> lastComparedAt,
        SteveCalls.Rates steve) {}
