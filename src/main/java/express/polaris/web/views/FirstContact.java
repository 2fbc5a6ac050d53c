package express.polaris.web.views;

import express.polaris.sync.SyncConcerns;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether SteVe was ever reached. Once it was, this is no longer looked up. */
@Component
public class FirstContact {

    private final SyncConcerns sync;
    private volatile boolean wasReached;

    FirstContact(SyncConcerns sync) {
        this.sync = sync;
    }

    /** When sync first tried to reach SteVe; empty if SteVe was reached, or sync has not tried. */
    public Optional<Instant> missingSince() {
        if (wasReached) {
            return Optional.empty();
        }
        var contact = sync.contact();
        wasReached = contact.reachedAt().isPresent();
        return contact.isMissing() ? contact.triedSince() : Optional.empty();
    }
}
