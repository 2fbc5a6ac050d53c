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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

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

    /** SteVe's own clock decides what is in its list of 90 days: what it may take for future is not looked for. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    /** A transaction that ended so long before the first import has no readings that trail. */
    private static final Duration LONG_OVER = Duration.ofHours(1);

    private static final int VANISHED_PERCENT = 5;

    /** In the words that tell of it; the pause tells it as long as it is true. */
    static final String VANISHED = " transactions of the last 90 days are not in SteVe any more";

    private final SteveClient steve;
    private final SessionImport sessions;
    private final SyncCursors cursors;
    private final SyncReads reads;
    private final RunRecorder recorder;
    private final DiscoveryContext context;

    Discovery(
            SteveClient steve,
            SessionImport sessions,
            SyncCursors cursors,
            SyncReads reads,
            RunRecorder recorder,
            DiscoveryContext context) {
        this.steve = steve;
        this.sessions = sessions;
        this.cursors = cursors;
        this.reads = reads;
        this.recorder = recorder;
        this.context = context;
    }

    /** What discovery needs of its surroundings. */
    @Component
    record DiscoveryContext(Clock clock, TransactionOperations transaction, ExpectedStarts expected) {}

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
        var askedAt = now();
        var active = steve.transactions(TransactionFilter.active());
        take(active, Asked.at(askedAt));
        probe(cursor.highestProbedId(), active, fence);
        if (wide || isWideReadDue(cursor)) {
            compareWide(fence);
        }
        cursors.discovered(now(), fence);
        return !active.transactions().isEmpty();
    }

    /**
     * When a list was asked for.
     *
     * @param overBefore what is new and ended before this needs no more than one read
     */
    private record Asked(Instant at, Instant overBefore) {
        static Asked at(Instant instant) {
            return new Asked(instant, Instant.EPOCH);
        }

        boolean isOver(TransactionFacts facts) {
            return facts.stop().filter(stop -> stop.at().isBefore(overBefore)).isPresent();
        }
    }

    private void importAll(long fence) {
        var askedAt = now();
        var all = steve.transactions(TransactionFilter.all());
        take(all, new Asked(askedAt, askedAt.minus(LONG_OVER)));
        var there = ids(all);
        long highest = highestOf(there);
        cursors.addMissing(
                LongStream.rangeClosed(Math.max(1, highest - PROBED_AT_ONCE), highest)
                        .boxed()
                        .filter(id -> !there.contains(id))
                        .toList(),
                askedAt);
        cursors.moveMark(highest, fence);
        cursors.firstImportDone(fence);
        log.info("First import: {} transactions found", all.transactions().size());
    }

    /**
     * Asks for what is open here and not active there, for the ids that come next, and for some that were missing. The
     * mark moves over a window when something in it or above it is known to exist.
     */
    private void probe(long mark, SteveTransactionList active, long fence) {
        var now = now();
        var activeIds = ids(active);
        var known = sessions.live().stream()
                .map(SessionId::value)
                .filter(id -> !activeIds.contains(id))
                .toList();
        var missing = cursors.missing(MISSING_ASKED_AGAIN);
        var wanted = new ArrayList<Long>(known);
        wanted.addAll(missing);
        long highestSeen = Math.max(highestOf(activeIds), sessions.highestId());
        for (int windows = 0; windows < MOST_PROBES_A_TIME; windows++) {
            long end = Math.min(mark + PROBED_AT_ONCE, SteveRows.HIGHEST_ID);
            var window = LongStream.rangeClosed(mark + 1, end).boxed().toList();
            wanted.addAll(window);
            var askedAt = now();
            var found = steve.transactions(TransactionFilter.byIds(wanted));
            take(found, Asked.at(askedAt));
            var foundIds = ids(found);
            if (windows == 0) {
                cursors.removeMissing(foundIds, now.minus(MISSING_FOR));
                known.stream().filter(id -> !foundIds.contains(id)).forEach(this::readAtOnce);
            }
            highestSeen = Math.max(highestSeen, highestOf(foundIds));
            long next = Math.min(highestSeen, end);
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
            if (next < end) {
                return;
            }
            mark = next;
            wanted.clear();
        }
    }

    private boolean isWideReadDue(SyncCursor cursor) {
        return cursor.lastWideReadAt()
                .map(at -> !now().isBefore(at.plus(BETWEEN_WIDE_READS)))
                .orElse(true);
    }

    /** The net: stops that were revised, transactions that slipped through, and those that vanished. */
    private void compareWide(long fence) {
        var now = now();
        var expected = sessions.present(now.minus(WIDE), now.minus(CLOCKS_APART));
        var list = steve.transactions(TransactionFilter.last90Days());
        take(list, Asked.at(now));
        var there = ids(list);
        var vanished =
                expected.stream().filter(id -> !there.contains(id.value())).toList();
        var accepted = reads.acceptedAbsences();
        var unexplained = vanished.stream().filter(id -> !accepted.contains(id)).toList();
        if (isSuspicious(unexplained.size(), expected.size())) {
            var reason = unexplained.size() + " of " + expected.size() + VANISHED
                    + ". Was SteVe reinstalled, or is POLARIS_STEVE_BASE_URL another SteVe's?"
                    + " They are left as they are.";
            recorder.error(Optional.empty(), reason);
            reads.doubtAbsences(unexplained);
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
        if (reads.missedRecently(session, now()) || reads.isFailing(session)) {
            return;
        }
        sessions.schedule(session, Optional.of(now()));
    }

    private void take(SteveTransactionList list, Asked asked) {
        list.unreadable().forEach(row -> recorder.error(row.id(), "SteVe's row cannot be read: " + row.reason()));
        var readable = new TreeMap<SessionId, TransactionFacts>();
        for (var transaction : list.transactions()) {
            switch (SteveRows.row(transaction)) {
                case SteveRows.Row.Readable(var facts) -> readable.put(facts.id(), facts);
                case SteveRows.Row.Refused(var id, var reason) ->
                    recorder.error(Optional.of(id), "Transaction " + id + " is left out: " + reason);
            }
        }
        var rows = List.copyOf(readable.values());
        for (int from = 0; from < rows.size(); from += ROWS_IN_ONE_TRANSACTION) {
            takeTogether(rows.subList(from, Math.min(from + ROWS_IN_ONE_TRANSACTION, rows.size())), asked);
        }
    }

    /** A database that is away ends the round instead: nothing may be passed over because it could not be stored. */
    private void takeTogether(List<TransactionFacts> rows, Asked asked) {
        try {
            store(rows, asked);
        } catch (DataIntegrityViolationException | PessimisticLockingFailureException e) {
            log.warn("{} transactions cannot be stored together; trying one by one", rows.size(), e);
            rows.forEach(row -> takeAlone(row, asked));
        }
    }

    private void takeAlone(TransactionFacts row, Asked asked) {
        try {
            store(List.of(row), asked);
        } catch (DataIntegrityViolationException e) {
            log.warn("Transaction {} cannot be stored", row.id(), e);
            recorder.error(Optional.of(row.id().value()), "Transaction " + row.id() + " cannot be stored");
        }
    }

    private void store(List<TransactionFacts> rows, Asked asked) {
        var outcomes = Objects.requireNonNull(context.transaction().execute(status -> {
            var discovered = sessions.discover(rows, asked.at());
            remember(discovered);
            reads.needOneReadOnly(rows.stream()
                    .filter(asked::isOver)
                    .map(TransactionFacts::id)
                    .filter(id -> discovered.get(id) instanceof Discovered.Started)
                    .toList());
            return discovered;
        }));
        rows.stream()
                .filter(row -> outcomes.get(row.id()) instanceof Discovered.Started)
                .forEach(row -> context.expected().begun(row.id(), row.chargeBoxId()));
        int news = 0;
        for (var outcome : outcomes.entrySet()) {
            switch (outcome.getValue()) {
                case Discovered.Started(), Discovered.Closed() -> news++;
                case Discovered.Doubtful(), Discovered.Unchanged() -> {}
                case Discovered.Conflict(var reason) ->
                    recorder.error(Optional.of(outcome.getKey().value()), reason);
            }
        }
        recorder.discovered(news);
    }

    private void remember(Map<SessionId, Discovered> outcomes) {
        var unchanged = new ArrayList<SessionId>();
        outcomes.forEach((id, outcome) -> {
            switch (outcome) {
                case Discovered.Closed() -> reads.closingBeginsAgain(id);
                case Discovered.Unchanged() -> unchanged.add(id);
                case Discovered.Conflict(var reason) -> {
                    reads.conflict(id, reason);
                    sessions.schedule(id, Optional.empty());
                }
                case Discovered.Started(), Discovered.Doubtful() -> {}
            }
        });
        reads.conflictsOver(unchanged).forEach(id -> sessions.schedule(id, Optional.of(now())));
    }

    /** As exact as what the database keeps is compared with. */
    private Instant now() {
        return context.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What is there, whether it can be read or not. */
    private static NavigableSet<Long> ids(SteveTransactionList list) {
        return Stream.concat(
                        list.transactions().stream().map(SteveTransaction::id),
                        list.unreadable().stream().flatMap(row -> row.id().stream()))
                .filter(SteveRows::isId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long highestOf(NavigableSet<Long> ids) {
        return ids.isEmpty() ? 0 : ids.last();
    }
}
