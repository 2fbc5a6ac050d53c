package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.sessions.events.SessionImport;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Clean-up once an hour: finishes abandoned runs, and forgets what was learned about sessions that are not live. Safe
 * on several nodes. After a failure it is due again in an hour.
 */
@Component
class SyncCleanUp {

    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(SyncCleanUp.class);

    private final SyncRunRepository runs;
    private final SessionReader reader;
    private final SessionImport sessions;
    private final Clock clock;
    private final Uptime uptime;
    private volatile Duration next = Duration.ZERO;

    SyncCleanUp(SyncRunRepository runs, SessionReader reader, SessionImport sessions, Clock clock, Uptime uptime) {
        this.runs = runs;
        this.reader = reader;
        this.sessions = sessions;
        this.clock = clock;
        this.uptime = uptime;
    }

    /** Begins to clean up if an hour is over; the first time at once. */
    void startIfDue(Executor executor) {
        if (uptime.now().compareTo(next) >= 0) {
            next = uptime.now().plus(BETWEEN_ROUNDS);
            executor.execute(this::run);
        }
    }

    private void run() {
        try {
            cleanUp();
        } catch (DataAccessException e) {
            log.warn("Cannot clean up after sync; trying again in an hour", e);
        }
    }

    private void cleanUp() {
        var now = clock.instant();
        runs.finishAbandoned(now.minus(ABANDONED_AFTER), now);
        reader.forgetAllBut(sessions.live());
    }
}
