package express.polaris.api;

import express.polaris.sync.SyncError;
import express.polaris.sync.SyncRun;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sync run as JSON.
 *
 * @param trigger {@code schedule}, {@code operator}, {@code start} or {@code push}
 * @param discovered number of sessions that were new or had a new stop
 * @param read number of details that were read
 * @param eventsWritten number of event rows that were new or changed
 * @param errors all errors for a single run, the first 20 in lists
 */
@Schema(name = "SyncRun")
record SyncRunJson(
        long id,
        String trigger,
        Instant startedAt,
        Optional<Instant> finishedAt,
        int discovered,
        int read,
        int eventsWritten,
        List<Error> errors) {

    /** An error of the run; the transaction id is empty if it concerns no single transaction. */
    @Schema(name = "SyncError")
    record Error(Instant at, Optional<Long> transactionId, String reason) {

        static Error of(SyncError error) {
            return new Error(error.at(), error.transactionId(), error.reason());
        }
    }

    static SyncRunJson of(SyncRun run) {
        return new SyncRunJson(
                run.id(),
                run.trigger(),
                run.startedAt(),
                run.finishedAt(),
                run.discovered(),
                run.read(),
                run.eventsWritten(),
                run.errors().stream().map(Error::of).toList());
    }
}
