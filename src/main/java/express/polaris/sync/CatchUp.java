package express.polaris.sync;

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
 * Finds every transaction above the mark, however far above and whenever it started: all of SteVe's in a first import,
 * later those behind a gap of ids that is too wide for probing.
 *
 * <p>The list of all has the newest ids first, so looking costs one call that is cut off at the mark. The first rows are
 * taken over from it; of the others only the ids are kept, and they are asked for by id, a few thousand in a round, the
 * newest first. So neither SteVe's table nor a late start of the application has a size that is too much, what happens
 * meanwhile is not held up, and a start in the middle goes on where it was.
 */
@Component
class CatchUp {

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);
    private static final int CALLS_IN_A_ROUND = 20;
    private static final int IDS_IN_A_CALL = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(55);
    private static final Duration BETWEEN_LONG_LOOKS = Duration.ofSeconds(110);
    private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

    /** Above the last mark, ids that are missing may be those of rows that SteVe has not committed yet. */
    private static final int RECENT_IDS = 100;

    /** A transaction that ended so long before the first import has no readings that trail. */
    private static final Duration LONG_OVER = Duration.ofHours(1);

    private final SteveClient steve;
    private final SyncCursors cursors;
    private final ListIntake intake;
    private final Clock clock;
    private Optional<Pending> pending = Optional.empty();
    private Instant nextLook = Instant.EPOCH;

    CatchUp(SteveClient steve, SyncCursors cursors, ListIntake intake, Clock clock) {
        this.steve = steve;
        this.cursors = cursors;
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * What was found and is still to be listed.
     *
     * @param base ids from here up to the top are taken over already
     * @param id gives the id in each place, the highest first
     * @param next the first place that was not asked for
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

    /** Whether it is time to look for what may be far above the mark. */
    boolean isDue() {
        return pending.isEmpty() && !now().isBefore(nextLook);
    }

    /**
     * Looks what there is above the mark, and takes over the first of it.
     *
     * @param seen the highest id that is known to be there
     * @return whether all of it is taken over; else {@link #goOn} goes on
     * @throws SteveUnavailable if there is no list, and nothing else to begin with
     */
    boolean look(SyncCursor cursor, long seen, long fence) {
        boolean first = !cursor.firstImportDone();
        var askedAt = now();
        var overBefore = first ? askedAt.minus(LONG_OVER) : Instant.EPOCH;
        long begun = System.nanoTime();
        var found = new FoundAbove(cursor.highestProbedId(), cursor.catchUp());
        try {
            steve.visit(TransactionFilter.all(), found);
        } catch (SteveUnavailable e) {
            nextLook = askedAt.plus(AFTER_A_FAILURE);
            if (!first) {
                throw e;
            }
            log.warn("SteVe does not list all its transactions; they are asked for id by id", e);
            return byIdAlone(cursor, seen, overBefore, fence);
        }
        nextLook = now().plus(pause(Duration.ofNanos(System.nanoTime() - begun)));
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

    /** The first row of a list that is shorter. */
    private long highestOfLate() {
        var found = new FoundAbove(SteveRows.HIGHEST_ID - 1, Optional.empty());
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

    /** Whether something was found that is not taken over yet. */
    boolean isUnderWay(SyncCursor cursor) {
        if (cursor.catchUp().isEmpty()) {
            pending = Optional.empty(); // another node led meanwhile, and has finished it
        }
        return pending.isPresent();
    }

    /**
     * Takes over some more.
     *
     * @return whether that was all
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

    /** A look that takes long comes less often, and takes a twentieth of SteVe's time at most. */
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
