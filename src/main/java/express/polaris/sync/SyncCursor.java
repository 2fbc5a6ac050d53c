package express.polaris.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * Progress of the import, and what blocks it.
 *
 * @param highestProbedId every id up to this one was requested in one unbroken run of probes
 * @param lastWideReadAt last comparison of the last 90 days
 * @param lastDiscoveryAt end of the last complete discovery
 * @param ownPause why vanished transactions are currently left alone
 * @param catchUp the catch-up in progress; empty for none
 * @param operatorPause an operator's pause of sync on all nodes
 */
record SyncCursor(
        long highestProbedId,
        boolean firstImportDone,
        Optional<Instant> lastWideReadAt,
        Optional<Instant> lastDiscoveryAt,
        Optional<SyncFault> ownPause,
        Optional<CatchUpState> catchUp,
        Optional<OperatorPause> operatorPause) {}
