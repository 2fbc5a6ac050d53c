package express.polaris.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What sync did in a span of up to a minute, or because somebody asked.
 *
 * @param trigger {@code schedule}, {@code operator}, {@code start} or {@code push}
 * @param discovered sessions that were new, or closed
 * @param read details that were read
 * @param eventsWritten rows that were new or different
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
