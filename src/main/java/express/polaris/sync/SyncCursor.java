package express.polaris.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the import has come, and what keeps it from going on.
 *
 * @param highestProbedId every id up to here was asked for in one unbroken run of probes
 * @param lastWideReadAt when the last 90 days were last compared
 * @param lastDiscoveryAt when discovery last came to its end
 * @param ownPause why vanished transactions are left alone at present
 * @param catchUp what is being caught up with; empty while there is nothing
 * @param operatorPause an operator has stopped sync on all nodes
 */
record SyncCursor(
        long highestProbedId,
        boolean firstImportDone,
        Optional<Instant> lastWideReadAt,
        Optional<Instant> lastDiscoveryAt,
        Optional<SyncFault> ownPause,
        Optional<CatchUpState> catchUp,
        Optional<OperatorPause> operatorPause) {}
