package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.sessions.SessionWatchers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The steps of sync without its threads: what is claimed is read, one after the other. */
@Component
class SyncCycle {

    /** Longer than a read takes; after a crash any node reads again. */
    static final Duration CLAIM = Duration.ofSeconds(30);

    private final SessionImport sessions;
    private final SessionWatchers watchers;
    private final SessionReader reader;
    private final Clock clock;

    SyncCycle(SessionImport sessions, SessionWatchers watchers, SessionReader reader, Clock clock) {
        this.sessions = sessions;
        this.watchers = watchers;
        this.reader = reader;
        this.clock = clock;
    }

    /** Watched sessions first. */
    List<SessionId> claimDue(int limit) {
        return sessions.claimDue(clock.instant().plus(CLAIM), watchers.watched(), limit);
    }

    /** The live session that is read next, whether its time has come or not: the one that finds out whether SteVe answers. */
    Optional<SessionId> claimTrial() {
        return sessions.claimNextLive(clock.instant().plus(CLAIM));
    }

    List<SessionId> claimBackfill(int limit) {
        return sessions.claimBackfill(clock.instant().plus(CLAIM), limit);
    }

    /** @return whether SteVe can be asked for more; false while its calls keep failing */
    boolean read(SessionId id) {
        return read(id, () -> {});
    }

    /** @param answered is run once SteVe has answered, or has not: before the answer is stored */
    boolean read(SessionId id, Runnable answered) {
        return reader.read(id, answered);
    }
}
