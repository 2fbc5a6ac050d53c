package express.polaris.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * State of sync.
 *
 * @param operatorPause an operator's pause
 * @param ownPause why sync itself leaves vanished transactions alone
 * @param lag delay of the oldest due read, without the backfill; zero if none is due
 * @param backfill number of transactions that were closed before their first read and are still unread
 * @param catchUp transactions that were found and are still to be listed; in the first import all of SteVe's
 * @param lastDiscoveryAt last completed discovery
 * @param lastComparedAt last comparison of the last 90 days
 * @param steve call rates of this node
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
