package express.polaris.sync;

import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveTransactionList;
import express.polaris.steve.SteveUnavailable;
import express.polaris.steve.TransactionFilter;
import express.polaris.sync.ListIntake.Asked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Finds out which transactions there are: those that are active, those that are open here and not active any more, those
 * that arrived since, and once an hour all of the last 90 days.
 *
 * <p>Run by the node that leads; what it writes is safe on two.
 */
@Component
class Discovery {

    private static final int PROBED_AT_ONCE = 100;
    private static final int MOST_PROBES_A_TIME = 20;

    /** A gap of ids that is wider is cheaper to look over than to probe. */
    private static final int WIDE_GAP = PROBED_AT_ONCE * MOST_PROBES_A_TIME;

    private static final int MISSING_ASKED_AGAIN = 50;
    private static final Duration MISSING_FOR = Duration.ofHours(24);
    private static final Duration BETWEEN_WIDE_READS = Duration.ofHours(1);

    /** A little less than SteVe's 90 days, so that a row at its edge is not taken for vanished. */
    private static final Duration WIDE = Duration.ofDays(89);

    /** SteVe's own clock decides what is in its list of 90 days: what it may take for future is not looked for. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private static final Duration AFTER_A_FAILED_WIDE_READ = Duration.ofMinutes(5);

    private static final int VANISHED_PERCENT = 5;

    private final SteveClient steve;
    private final SessionImport sessions;
    private final SyncCursors cursors;
    private final SyncReads reads;
    private final RunRecorder recorder;
    private final Clock clock;
    private final ListIntake intake;
    private final CatchUp catchUp;
    private Instant nextWideRead = Instant.EPOCH;

    Discovery(
            SteveClient steve,
            SessionImport sessions,
            SyncCursors cursors,
            SyncReads reads,
            RunRecorder recorder,
            Clock clock,
            ListIntake intake,
            CatchUp catchUp) {
        this.steve = steve;
        this.sessions = sessions;
        this.cursors = cursors;
        this.reads = reads;
        this.recorder = recorder;
        this.clock = clock;
        this.intake = intake;
        this.catchUp = catchUp;
    }

    /**
     * What a round found.
     *
     * @param isActive whether anything is
     * @param goesOn whether there is more to find at once
     */
    record Round(boolean isActive, boolean goesOn) {}

    /**
     * One round.
     *
     * @param fence from the lease
     * @param wide compare the last 90 days, though it may not be an hour since
     */
    Round run(long fence, boolean wide) {
        var askedAt = now();
        var active = steve.transactions(TransactionFilter.active());
        intake.take(active, Asked.at(askedAt));
        if (wide) {
            cursors.wideReadIsDue();
        }
        boolean complete = caughtUp(highestOf(ids(active)), fence);
        probe(cursors.read().highestProbedId(), active, complete, fence);
        var cursor = cursors.read();
        complete = complete && (!catchUp.isDue() || lookedFarAhead(cursor, fence));
        if (complete && isWideReadDue(cursor)) {
            compareWide(fence);
        }
        cursors.discovered(now(), fence);
        return new Round(!active.transactions().isEmpty(), !complete);
    }

    /** Takes over what lies far above the mark, as far as it is known to be there. */
    private boolean caughtUp(long highestActive, long fence) {
        var cursor = cursors.read();
        if (catchUp.isUnderWay(cursor)) {
            return catchUp.goOn(fence);
        }
        long seen = Math.max(highestActive, sessions.highestId());
        boolean begins = !cursor.firstImportDone()
                || cursor.catchUp().isPresent()
                || catchUp.isDue() && seen > cursor.highestProbedId() + WIDE_GAP;
        return !begins || catchUp.look(cursor, seen, fence);
    }

    /** What it finds nobody knew of; that it cannot look now is no reason to leave the rest of the round. */
    private boolean lookedFarAhead(SyncCursor cursor, long fence) {
        try {
            return catchUp.look(cursor, cursor.highestProbedId(), fence);
        } catch (SteveUnavailable e) {
            recorder.error(Optional.empty(), SyncFault.of(e));
            return true;
        }
    }

    /**
     * Asks for what is open here and not active there, for the ids that come next, and for some that were missing. The
     * mark moves over a window when something in it or above it is known to exist.
     *
     * @param ahead whether to ask for ids above the mark
     */
    private void probe(long mark, SteveTransactionList active, boolean ahead, long fence) {
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
            long end = ahead ? Math.min(mark + PROBED_AT_ONCE, SteveRows.HIGHEST_ID) : mark;
            var window = LongStream.rangeClosed(mark + 1, end).boxed().toList();
            wanted.addAll(window);
            var askedAt = now();
            var found = steve.transactions(TransactionFilter.byIds(wanted));
            intake.take(found, Asked.at(askedAt));
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
        return !now().isBefore(nextWideRead)
                && cursor.lastWideReadAt()
                        .map(at -> !now().isBefore(at.plus(BETWEEN_WIDE_READS)))
                        .orElse(true);
    }

    /** The net: stops that were revised, transactions that slipped through, and those that vanished. */
    private void compareWide(long fence) {
        var now = now();
        var expected = sessions.present(now.minus(WIDE), now.minus(CLOCKS_APART));
        var there = new Ids();
        nextWideRead = now.plus(AFTER_A_FAILED_WIDE_READ);
        intake.visit(steve, TransactionFilter.last90Days(), Asked.at(now), there);
        nextWideRead = Instant.EPOCH;
        var vanished =
                expected.stream().filter(id -> !there.contains(id.value())).toList();
        var accepted = reads.acceptedAbsences();
        var unexplained = vanished.stream().filter(id -> !accepted.contains(id)).toList();
        if (isSuspicious(unexplained.size(), expected.size())) {
            var fault = SyncFault.of(SyncReason.VANISHED.with(unexplained.size(), expected.size()));
            recorder.error(Optional.empty(), fault);
            reads.doubtAbsences(unexplained);
            cursors.wideReadDone(now, Optional.of(fault), fence);
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

    /** As exact as what the database keeps is compared with. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
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
