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
 * @param pausedBy operator who paused sync, if that account still exists
 * @param nextHref absent on the last page
 * @param form name of the refused form; empty for none
 * @param reason text typed into that form
 * @param faults faults of that form, in the reader's language
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

    /** Whether a discovery was completed lately, so that SteVe answers. */
    public boolean isDiscovering() {
        return state.lastDiscoveryAt().filter(at -> SyncWords.isRecent(at, now)).isPresent();
    }

    public String reasonOf(String other) {
        return form.equals(other) ? reason : "";
    }
}
