package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveUnavailable;
import express.polaris.steve.TransactionFilter;
import express.polaris.sync.ListIntake.Asked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds every transaction above the mark, however far above and whenever it started: all of SteVe's in the first
 * import, later those behind an id gap that is too wide to probe.
 *
 * <p>SteVe's complete list has the newest ids first, so a look costs one call, cut off at the mark. Its first rows are
 * applied directly. Of the others only the ids are kept, and their rows are requested by id, a few thousand per round,
 * newest first. This bounds the memory for any size of SteVe's table and any downtime of the portal, does not hold up
 * other work, and resumes after an interruption.
 */
@Component
class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);
    private static final int CALLS_IN_A_ROUND = 20;
    private static final int IDS_IN_A_CALL = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(55);
    private static final Duration BETWEEN_LONG_LOOKS = Duration.ofSeconds(110);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    /** Ids missing among the latest may belong to rows that SteVe has not committed yet. */
    private static final int RECENT_IDS = 100;

    /** A transaction that ended this long before the first import has no trailing readings. */
    private static final Duration LONG_OVER = Duration.ofHours(1);

    private final SteveClient steve;
    private final SyncCursorRepository cursors;
    private final ListIntake intake;
    private final Clock clock;
    private final Uptime uptime;
    private Optional<Pending> pending = Optional.empty();
    private Duration nextLook = Duration.ZERO;

    CatchUp(SteveClient steve, SyncCursorRepository cursors, ListIntake intake, Clock clock, Uptime uptime) {
        this.steve = steve;
        this.cursors = cursors;
        this.intake = intake;
        this.clock = clock;
        this.uptime = uptime;
    }

    /**
     * Transactions that were found and are still to be listed.
     *
     * @param base ids from here up to the top are already applied
     * @param id gives the id at each place, the highest first
     * @param next first place that was not requested
     * @param missing ids near the top that the list did not have
     */
    private record Pending(
            long top,
            long base,
            int found,
            int size,
            IntToLongFunction id,
            int next,
            Instant overBefore,
            List<Long> missing) {

        Pending from(int place) {
            return new Pending(top, base, found, size, id, place, overBefore, missing);
        }

        CatchUpState state() {
            return new CatchUpState(top, next == 0 ? base : id.applyAsLong(next - 1), found, size - next);
        }
    }

    /** Whether a look far above the mark is due, and none is being worked off. */
    boolean isDue() {
        return pending.isEmpty() && uptime.now().compareTo(nextLook) >= 0;
    }

    /**
     * Looks for transactions above the mark and applies the first of them.
     *
     * @param seen highest id that is known to exist
     * @return whether all of them are applied; otherwise {@link #goOn} continues
     * @throws SteveUnavailable if SteVe gives no list; the first import then asks id by id instead, and throws only if
     *     it finds no id to begin with
     */
    boolean look(SyncCursor cursor, long seen, long fence) {
        boolean first = !cursor.firstImportDone();
        var askedAt = now();
        var overBefore = first ? askedAt.minus(LONG_OVER) : Instant.EPOCH;
        var begun = uptime.now();
        var found = new TransactionsAboveMark(cursor.highestProbedId(), cursor.catchUp());
        try {
            steve.visit(TransactionFilter.all(), found);
        } catch (SteveUnavailable e) {
            nextLook = begun.plus(AFTER_A_FAILURE);
            if (!first) {
                throw e;
            }
            log.warn("SteVe does not list all its transactions; reading them id by id", e);
            return byIdAlone(cursor, seen, overBefore, fence);
        }
        nextLook = uptime.now().plus(pause(uptime.now().minus(begun)));
        intake.take(found.rows(), new Asked(askedAt, overBefore));
        var before = cursor.catchUp();
        long top = Math.max(found.highest(), before.map(CatchUpState::top).orElse(0L));
        if (top <= cursor.highestProbedId() && !first) {
            return true;
        }
        if (first) {
            log.info("First import: {} transactions found", found.count());
        }
        var left = found.left();
        int count = Math.max(found.count(), before.map(CatchUpState::found).orElse(0));
        return begin(
                new Pending(
                        top, found.takenFrom(), count, left.size(), left::at, 0, overBefore, found.missing(RECENT_IDS)),
                fence);
    }

    private boolean byIdAlone(SyncCursor cursor, long seen, Instant overBefore, long fence) {
        long top = cursor.catchUp().map(CatchUpState::top).orElseGet(() -> Math.max(seen, highestOfLate()));
        long from = cursor.catchUp().map(state -> state.below() - 1).orElse(top);
        if (top == 0) {
            return false;
        }
        int size = Math.toIntExact(from);
        return begin(
                new Pending(top, from + 1, Math.toIntExact(top), size, place -> from - place, 0, overBefore, List.of()),
                fence);
    }

    /** Highest id in SteVe's list of 90 days. */
    private long highestOfLate() {
        var found = new TransactionsAboveMark(SteveRowReader.HIGHEST_ID - 1, Optional.empty());
        steve.visit(TransactionFilter.last90Days(), found);
        return found.highest();
    }

    private boolean begin(Pending begun, long fence) {
        if (begun.size() == 0) {
            finish(begun, fence);
            return true;
        }
        pending = Optional.of(begun);
        cursors.catchingUp(begun.state(), fence);
        return false;
    }

    /** Whether found transactions are still to be applied. */
    boolean isUnderWay(SyncCursor cursor) {
        if (cursor.catchUp().isEmpty()) {
            pending = Optional.empty(); // another node led meanwhile and has finished it
        }
        return pending.isPresent();
    }

    /**
     * Applies the next part.
     *
     * @return whether that was the last one
     */
    boolean goOn(long fence) {
        for (int calls = 0; calls < CALLS_IN_A_ROUND && pending.isPresent(); calls++) {
            var current = pending.get();
            int end = Math.min(current.next() + IDS_IN_A_CALL, current.size());
            var window = IntStream.range(current.next(), end)
                    .mapToLong(current.id())
                    .boxed()
                    .toList();
            var askedAt = now();
            intake.take(steve.transactions(TransactionFilter.byIds(window)), new Asked(askedAt, current.overBefore()));
            var further = current.from(end);
            if (end == current.size()) {
                finish(further, fence);
                pending = Optional.empty();
            } else {
                cursors.catchingUp(further.state(), fence);
                pending = Optional.of(further);
            }
        }
        return pending.isEmpty();
    }

    private void finish(Pending finished, long fence) {
        cursors.addMissing(finished.missing(), now());
        cursors.caughtUp(finished.top(), fence);
    }

    /** The longer a look takes, the rarer it is; looks take at most a twentieth of SteVe's time. */
    private static Duration pause(Duration took) {
        var wished = longer(BETWEEN_LOOKS, took.multipliedBy(60));
        var pause = wished.compareTo(BETWEEN_LONG_LOOKS) < 0 ? wished : BETWEEN_LONG_LOOKS;
        return longer(pause, took.multipliedBy(20));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
