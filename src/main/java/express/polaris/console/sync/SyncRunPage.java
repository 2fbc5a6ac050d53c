package express.polaris.console.sync;

import express.polaris.sync.SyncError;
import express.polaris.sync.SyncRun;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Page {@code /operator/sync/{id}}.
 *
 * @param errors errors by transaction; errors of sync as a whole come first
 */
public record SyncRunPage(Shell shell, Instant now, SyncRun run, List<Errors> errors) {

    /** @param transaction absent for errors of sync as a whole */
    public record Errors(Optional<Long> transaction, List<SyncError> items) {}
}
