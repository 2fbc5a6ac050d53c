package express.polaris.console.overview;

import express.polaris.sessions.statistics.SessionCount;
import express.polaris.sync.SyncConcerns;
import org.springframework.stereotype.Component;

/** Whether there is anything that a page could call good: data has come from SteVe. */
enum ImportState {
    /** No discovery was ever completed. */
    NOT_REACHED,
    NO_SESSIONS,
    HAS_SESSIONS;

    /** Finds the state. */
    @Component
    static class Reader {

        private final SyncConcerns sync;
        private final SessionCount sessions;

        Reader(SyncConcerns sync, SessionCount sessions) {
            this.sync = sync;
            this.sessions = sessions;
        }

        ImportState now() {
            if (sessions.all() > 0) {
                return HAS_SESSIONS;
            }
            return sync.contact().reachedAt().isPresent() ? NO_SESSIONS : NOT_REACHED;
        }
    }
}
