package express.polaris.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sync activity of up to a minute, or of a requested run.
 *
 * @param trigger {@code schedule}, {@code operator} or {@code start}; {@code push} is reserved
 * @param discovered number of sessions that were new or had a new stop
 * @param read number of details reads
 * @param eventsWritten number of events inserted or changed
 * @param errors all in a single run, the first 20 in lists
 */
public record SyncRun(
        long id,
        String trigger,
        Instant startedAt,
        Optional<Instant> finishedAt,
        int discovered,
        int read,
        int eventsWritten,
        List<SyncError> errors) {

    SyncRun withErrors(List<SyncError> others) {
        return new SyncRun(id, trigger, startedAt, finishedAt, discovered, read, eventsWritten, others);
    }
}
