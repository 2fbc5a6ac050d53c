package express.polaris.sync;

import express.polaris.sessions.Discovered;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.sessions.TransactionFacts;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveTransactionList;
import express.polaris.steve.TransactionFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds out which transactions there are: those that are active, those that are open here and not active any more, those
 * that arrived since, and once an hour all of the last 90 days.
 *
 * <p>Run by the node that leads; what it writes is safe on two.
 */
@Component
class Discovery {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);
    private static final int PROBED_AT_ONCE = 100;
    private static final int MOST_PROBES_A_TIME = 20;
    private static final int MISSING_ASKED_AGAIN = 50;
    private static final int ROWS_IN_ONE_TRANSACTION = 200;
    private static final Duration MISSING_FOR = Duration.ofHours(24);
    private static final Duration BETWEEN_WIDE_READS = Duration.ofHours(1);

    /** A little less than SteVe's 90 days, so that a row at its edge is not taken for vanished. */
    private static final Duration WIDE = Duration.ofDays(89);

    private static final int VANISHED_PERCENT = 5;

    private final SteveClient steve;
    private final SessionImport sessions;
    private final SyncCursors cursors;
    private final SyncReads reads;
    private final RunRecorder recorder;
    private final Clock clock;

    Discovery(
            SteveClient steve,
            SessionImport sessions,
            SyncCursors cursors,
            SyncReads reads,
            RunRecorder recorder,
            Clock clock) {
        this.steve = steve;
        this.sessions = sessions;
        this.cursors = cursors;
        this.reads = reads;
        this.recorder = recorder;
        this.clock = clock;
    }

    /**
     * One round.
     *
     * @param fence from the lease
     * @param wide compare the last 90 days, though it may not be an hour since
     * @return whether anything is active
     */
    boolean run(long fence, boolean wide) {
        var cursor = cursors.read();
        if (!cursor.firstImportDone()) {
            importAll(fence);
            cursor = cursors.read();
        }
        var active = steve.transactions(TransactionFilter.active());
        take(active);
        probe(cursor.highestProbedId(), active, fence);
        if (wide || isWideReadDue(cursor)) {
            compareWide(fence);
        }
        return !active.transactions().isEmpty();
    }

    private void importAll(long fence) {
        var all = steve.transactions(TransactionFilter.all());
        take(all);
        cursors.moveMark(highestId(all), fence);
        cursors.firstImportDone(fence);
        log.info("First import: {} transactions found", all.transactions().size());
    }

    /**
     * Asks for what is open here and not active there, for the ids that come next, and for some that were missing. The
     * mark moves over a window when something in it or above it is known to exist.
     */
    private void probe(long mark, SteveTransactionList active, long fence) {
        var now = clock.instant();
        var activeIds = ids(active);
        var known = sessions.live().stream()
                .map(SessionId::value)
                .filter(id -> !activeIds.contains(id))
                .toList();
        var missing = cursors.missing(MISSING_ASKED_AGAIN);
        var wanted = new ArrayList<Long>(known);
        wanted.addAll(missing);
        long highestSeen = highestId(active);
        for (int windows = 0; windows < MOST_PROBES_A_TIME; windows++) {
            var window = LongStream.rangeClosed(mark + 1, mark + PROBED_AT_ONCE)
                    .boxed()
                    .toList();
            wanted.addAll(window);
            var found = steve.transactions(TransactionFilter.byIds(wanted));
            take(found);
            var foundIds = ids(found);
            if (windows == 0) {
                cursors.removeMissing(foundIds, now.minus(MISSING_FOR));
                known.stream().filter(id -> !foundIds.contains(id)).forEach(this::readAtOnce);
            }
            highestSeen = Math.max(highestSeen, highestId(found));
            long next = Math.min(highestSeen, mark + PROBED_AT_ONCE);
            if (next <= mark) {
                return;
            }
            long upTo = next;
            cursors.addMissing(
                    window.stream()
                            .filter(id -> id <= upTo && !foundIds.contains(id) && !activeIds.contains(id))
                            .toList(),
                    now);
            cursors.moveMark(next, fence);
            if (next < mark + PROBED_AT_ONCE) {
                return;
            }
            mark = next;
            wanted.clear();
        }
    }

    private boolean isWideReadDue(SyncCursor cursor) {
        return cursor.lastWideReadAt()
                .map(at -> !clock.instant().isBefore(at.plus(BETWEEN_WIDE_READS)))
                .orElse(true);
    }

    /** The net: stops that were revised, transactions that slipped through, and those that vanished. */
    private void compareWide(long fence) {
        var now = clock.instant();
        var expected = sessions.presentSince(now.minus(WIDE));
        var list = steve.transactions(TransactionFilter.last90Days());
        take(list);
        var there = ids(list);
        list.unreadable().forEach(row -> row.id().ifPresent(there::add));
        var vanished = expected.keySet().stream()
                .filter(id -> !there.contains(id.value()))
                .toList();
        boolean tooMany = isSuspicious(vanished.size(), expected.size());
        if (tooMany) {
            var reason = vanished.size() + " of " + expected.size() + " transactions of the last 90 days are not in"
                    + " SteVe any more. Was SteVe reinstalled, or is POLARIS_STEVE_BASE_URL another SteVe's?"
                    + " They are left as they are.";
            recorder.error(Optional.empty(), reason);
            cursors.wideReadDone(now, Optional.of(reason), fence);
        } else {
            vanished.forEach(id -> readAtOnce(id.value()));
            cursors.wideReadDone(now, Optional.empty(), fence);
        }
    }

    /** One transaction that vanished had its tag deleted; more than a few at once mean another SteVe. */
    private static boolean isSuspicious(int vanished, int expected) {
        boolean overTheShare = vanished * 100L > (long) expected * VANISHED_PERCENT;
        return overTheShare && (vanished > 1 || expected == 1);
    }

    private void readAtOnce(long id) {
        var session = new SessionId(id);
        if (reads.missedRecently(session, clock.instant())) {
            return;
        }
        sessions.schedule(session, Optional.of(clock.instant()));
    }

    private void take(SteveTransactionList list) {
        list.unreadable().forEach(row -> recorder.error(row.id(), "SteVe's row cannot be read: " + row.reason()));
        var readable = new HashMap<SessionId, TransactionFacts>();
        for (var transaction : list.transactions()) {
            switch (SteveRows.row(transaction)) {
                case SteveRows.Row.Readable(var facts) -> readable.put(facts.id(), facts);
                case SteveRows.Row.Refused(var id, var reason) ->
                    recorder.error(Optional.of(id), "Transaction " + id + " is left out: " + reason);
            }
        }
        // In the same order on every node, so that two that write the same rows wait for each other and never both.
        var rows = readable.values().stream()
                .sorted(Comparator.comparing(TransactionFacts::id))
                .toList();
        for (int from = 0; from < rows.size(); from += ROWS_IN_ONE_TRANSACTION) {
            takeTogether(rows.subList(from, Math.min(from + ROWS_IN_ONE_TRANSACTION, rows.size())));
        }
    }

    private void takeTogether(List<TransactionFacts> rows) {
        try {
            note(sessions.discover(rows));
        } catch (DataAccessException e) {
            log.warn("{} transactions cannot be stored together; trying one by one", rows.size(), e);
            rows.forEach(this::takeAlone);
        }
    }

    private void takeAlone(TransactionFacts row) {
        try {
            note(sessions.discover(List.of(row)));
        } catch (DataAccessException e) {
            log.warn("Transaction {} cannot be stored", row.id(), e);
            recorder.error(Optional.of(row.id().value()), "Transaction " + row.id() + " cannot be stored");
        }
    }

    private void note(Map<SessionId, Discovered> outcomes) {
        int news = 0;
        var unchanged = new ArrayList<SessionId>();
        for (var entry : outcomes.entrySet()) {
            var id = entry.getKey();
            switch (entry.getValue()) {
                case Discovered.Started() -> news++;
                case Discovered.Closed() -> {
                    news++;
                    reads.closingBeginsAgain(id);
                }
                case Discovered.Unchanged() -> unchanged.add(id);
                case Discovered.Conflict(var reason) -> {
                    reads.conflict(id, reason);
                    sessions.schedule(id, Optional.empty());
                    recorder.error(Optional.of(id.value()), reason);
                }
            }
        }
        reads.conflictsOver(unchanged).forEach(id -> sessions.schedule(id, Optional.of(clock.instant())));
        recorder.discovered(news);
    }

    private static Set<Long> ids(SteveTransactionList list) {
        return list.transactions().stream().map(SteveTransaction::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static long highestId(SteveTransactionList list) {
        return list.transactions().stream()
                .mapToLong(SteveTransaction::id)
                .max()
                .orElse(0);
    }
}
