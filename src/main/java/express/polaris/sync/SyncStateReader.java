package express.polaris.sync;

import express.polaris.sessions.events.SessionImport;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Service;

/** Reads the state of sync. */
@Service
public class SyncStateReader {

    private final SyncCursorRepository cursors;
    private final SessionImport sessions;
    private final SteveCalls calls;
    private final Clock clock;

    SyncStateReader(SyncCursorRepository cursors, SessionImport sessions, SteveCalls calls, Clock clock) {
        this.cursors = cursors;
        this.sessions = sessions;
        this.calls = calls;
        this.clock = clock;
    }

    public SyncState now() {
        var cursor = cursors.read();
        var now = clock.instant();
        var lag = sessions.nextDue()
                .map(due -> Duration.between(due, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
        return new SyncState(
                cursor.operatorPause(),
                cursor.ownPause(),
                lag,
                sessions.backfillLeft(),
                cursor.catchUp(),
                cursor.lastDiscoveryAt(),
                cursor.lastWideReadAt(),
                calls.rates());
    }
}
