package express.polaris.sync;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the import has come.
 *
 * @param highestProbedId every id up to here was asked for in one unbroken run of probes
 * @param lastWideReadAt when the last 90 days were last compared
 * @param pausedReason why vanished transactions are left alone at present
 */
record SyncCursor(
        long highestProbedId,
        boolean firstImportDone,
        Optional<Instant> lastWideReadAt,
        Optional<String> pausedReason) {}
