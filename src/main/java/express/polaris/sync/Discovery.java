package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.events.SessionImport;
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
 * Discovery of transactions: the active ones, those that are live here but not active in SteVe, new ones, and once an
 * hour all of the last 90 days.
 *
 * <p>Runs on the leader; what it writes is safe if two nodes do.
 */
@Component
class Discovery {

    private static final int PROBED_AT_ONCE = 100;
    private static final int MOST_PROBES_A_TIME = 20;

    /** A wider gap of ids is cheaper to list than to probe. */
    private static final int WIDE_GAP = PROBED_AT_ONCE * MOST_PROBES_A_TIME;

    private static final int MISSING_ASKED_AGAIN = 50;
    private static final Duration MISSING_FOR = Duration.ofHours(24);
    private static final Duration BETWEEN_WIDE_READS = Duration.ofHours(1);

    /** Slightly less than SteVe's 90 days, so that a row at the edge is not taken for vanished. */
    private static final Duration WIDE = Duration.ofDays(89);

    /**
     * SteVe's own clock decides what its list of 90 days contains: sessions that may be in its future are not expected
     * there.
     */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private static final Duration AFTER_A_FAILED_WIDE_READ = Duration.ofMinutes(5);

    private static final int VANISHED_PERCENT = 5;

    private final SteveClient steve;
    private final SessionImport sessions;
    private final SyncCursorRepository cursors;
    private final SyncReads reads;
    private final RunRecorder recorder;
    private final Clock clock;
    private final Uptime uptime;
    private final ListIntake intake;
    private final CatchUp catchUp;
    private Duration nextWideRead = Duration.ZERO;

    Discovery(
            SteveClient steve,
            SessionImport sessions,
            SyncCursorRepository cursors,
            SyncReads reads,
            RunRecorder recorder,
            Clock clock,
            Uptime uptime,
            ListIntake intake,
            CatchUp catchUp) {
        this.steve = steve;
        this.sessions = sessions;
        this.cursors = cursors;
        this.reads = reads;
        this.recorder = recorder;
        this.clock = clock;
        this.uptime = uptime;
        this.intake = intake;
        this.catchUp = catchUp;
    }

    /**
     * Result of a round.
     *
     * @param isActive whether any transaction is active
     * @param goesOn whether there is more to discover at once
     */
    record Round(boolean isActive, boolean goesOn) {}

    /**
     * Runs one round.
     *
     * @param fence of the lease
     * @param wide whether to compare the last 90 days before the hour is over
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

    /** Applies transactions far above the mark that are known to exist; returns whether all are applied. */
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

    /** Looks for unknown transactions far above the mark. A failure is recorded and does not end the round. */
    private boolean lookedFarAhead(SyncCursor cursor, long fence) {
        try {
            return catchUp.look(cursor, cursor.highestProbedId(), fence);
        } catch (SteveUnavailable e) {
            recorder.error(Optional.empty(), SyncFault.of(e));
            return true;
        }
    }

    /**
     * Requests the sessions that are live here but not active in SteVe, the next ids, and some missing ones. The mark
     * moves over a window if an id in it or above it is known to exist.
     *
     * @param ahead whether to request ids above the mark
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
            long end = ahead ? Math.min(mark + PROBED_AT_ONCE, SteveRowReader.HIGHEST_ID) : mark;
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
        return uptime.now().compareTo(nextWideRead) >= 0
                && cursor.lastWideReadAt()
                        .map(at -> Duration.between(at, now()))
                        .map(ago -> ago.isNegative() || ago.compareTo(BETWEEN_WIDE_READS) >= 0)
                        .orElse(true);
    }

    /** Safety net: finds revised stops, transactions that were missed, and vanished ones. */
    private void compareWide(long fence) {
        var now = now();
        var expected = sessions.present(now.minus(WIDE), now.minus(CLOCKS_APART));
        var there = new TransactionIds();
        nextWideRead = uptime.now().plus(AFTER_A_FAILED_WIDE_READ);
        intake.visit(steve, TransactionFilter.last90Days(), Asked.at(now), there);
        nextWideRead = Duration.ZERO;
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

    /**
     * Whether so many vanished that this may be another SteVe: more than 5 %. A single one of several had its tag
     * deleted.
     */
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

    /** Truncated to milliseconds, so that it compares with stored values. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Ids of all listed transactions, readable or not. */
    private static NavigableSet<Long> ids(SteveTransactionList list) {
        return Stream.concat(
                        list.transactions().stream().map(SteveTransaction::id),
                        list.unreadable().stream().flatMap(row -> row.id().stream()))
                .filter(SteveRowReader::isId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long highestOf(NavigableSet<Long> ids) {
        return ids.isEmpty() ? 0 : ids.last();
    }
}
