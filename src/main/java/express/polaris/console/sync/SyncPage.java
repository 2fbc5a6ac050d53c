package express.polaris.console.sync;

import express.polaris.console.PersonLink;
import express.polaris.sync.SyncRun;
import express.polaris.sync.SyncState;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The page {@code /operator/sync}, newest run first.
 *
 * @param pausedBy who has paused it, where that account is still there
 * @param nextHref absent on the last page
 * @param form which form was refused; empty for none
 * @param reason what was typed into it
 * @param faults what is wrong with it, in words
 */
public record SyncPage(
        Shell shell,
        Instant now,
        SyncState state,
        Optional<PersonLink> pausedBy,
        List<SyncRun> runs,
        Optional<String> nextHref,
        String form,
        String reason,
        FieldFaults faults) {

    public static final String PATH = "/operator/sync";

    public String reasonOf(String other) {
        return form.equals(other) ? reason : "";
    }
}
