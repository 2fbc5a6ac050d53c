package express.polaris.sync;

import express.polaris.platform.settings.Settings;
import express.polaris.platform.time.Uptime;
import express.polaris.sessions.events.SessionImport;
import express.polaris.sessions.events.SteveAnswers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Clean-up once an hour: deletes old answers and old runs, finishes abandoned runs, and forgets what was learned about
 * sessions that are not live. Safe on several nodes. After a failure it is due again in an hour.
 */
@Component
class SyncCleanUp {

    private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final Duration FORGET_RUNS_AFTER = Duration.ofDays(60);

    private static final Logger log = LoggerFactory.getLogger(SyncCleanUp.class);

    private final SteveAnswers answers;
    private final SyncRunRepository runs;
    private final SessionReader reader;
    private final SessionImport sessions;
    private final Settings settings;
    private final Clock clock;
    private final Uptime uptime;
    private volatile Duration next = Duration.ZERO;

    SyncCleanUp(
            SteveAnswers answers,
            SyncRunRepository runs,
            SessionReader reader,
            SessionImport sessions,
            Settings settings,
            Clock clock,
            Uptime uptime) {
        this.answers = answers;
        this.runs = runs;
        this.reader = reader;
        this.sessions = sessions;
        this.settings = settings;
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
            log.warn("Cannot remove what is no longer kept of sync; trying again in an hour", e);
        }
    }

    private void cleanUp() {
        var now = clock.instant();
        answers.forgetBefore(now.minus(settings.answerRetention()));
        runs.finishAbandoned(now.minus(ABANDONED_AFTER), now);
        runs.forgetBefore(now.minus(FORGET_RUNS_AFTER));
        reader.forgetAllBut(sessions.live());
    }
}
