package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Collects the sync activity of this node into runs. The first thing to record opens a run, which covers a minute; a
 * requested run is opened at once. Counts are written with {@link #flush()}, errors immediately, the same error of the
 * same transaction once per run. Call it outside transactions: an error stays recorded even if the change it belongs to
 * is rolled back, and every connection sees the run.
 */
@Component
class RunRecorder {

    private static final Logger log = LoggerFactory.getLogger(RunRecorder.class);
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final SyncRunRepository runs;
    private final Clock clock;
    private final Uptime uptime;
    private final Set<String> told = new HashSet<>();
    private Optional<SyncRun> open = Optional.empty();
    private Duration over = Duration.ZERO;
    private long errors;
    private int discovered;
    private int read;
    private int eventsWritten;

    RunRecorder(SyncRunRepository runs, Clock clock, Uptime uptime) {
        this.runs = runs;
        this.clock = clock;
        this.uptime = uptime;
    }

    /** Closes the open run and opens one with this trigger. */
    synchronized SyncRun begin(String trigger) {
        finish();
        return openRun(trigger);
    }

    synchronized void discovered(int count) {
        discovered += count;
    }

    synchronized void read(int events) {
        read++;
        eventsWritten += events;
    }

    /** Never throws. An error that cannot be stored is logged, and recorded when it recurs. */
    synchronized void error(Optional<Long> transaction, SyncFault fault) {
        var reason = fault.english();
        var words = transaction.map(String::valueOf).orElse("") + ' ' + reason;
        if (told.contains(words)) {
            return;
        }
        log.warn("{}: {}", transaction.map(id -> "Transaction " + id).orElse("Sync"), reason);
        try {
            var run = current();
            runs.addError(run.id(), transaction, fault, clock.instant());
            told.add(words);
            errors++;
        } catch (DataAccessException e) {
            log.warn("Cannot store the error above in the sync run", e);
        }
    }

    /** Number of errors recorded since the start of the process. */
    synchronized long errorsTold() {
        return errors;
    }

    /** Writes the counts, and closes a run whose minute is over. */
    synchronized void flush() {
        if (discovered + read + eventsWritten > 0) {
            runs.add(current().id(), discovered, read, eventsWritten);
            discovered = 0;
            read = 0;
            eventsWritten = 0;
        }
        if (open.isPresent() && uptime.now().compareTo(over) >= 0) {
            finish();
        }
    }

    synchronized void finish() {
        open.ifPresent(run -> {
            runs.add(run.id(), discovered, read, eventsWritten);
            discovered = 0;
            read = 0;
            eventsWritten = 0;
            runs.finish(run.id(), clock.instant());
        });
        open = Optional.empty();
        told.clear();
    }

    private SyncRun current() {
        return open.orElseGet(() -> openRun("schedule"));
    }

    private SyncRun openRun(String trigger) {
        var run = runs.begin(trigger, clock.instant());
        open = Optional.of(run);
        over = uptime.now().plus(SPAN);
        return run;
    }
}
