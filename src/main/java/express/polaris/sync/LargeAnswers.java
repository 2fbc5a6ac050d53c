package express.polaris.sync;

import express.polaris.sessions.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Shares this node's memory among answers that need much of it, by their rows: as many are worked on at a time as fit, one
 * that is larger than everything alone. Small answers need no share. Nobody waits here: who gets none comes back later,
 * and the first to be refused is the next to get one, so that a huge answer is not passed over for ever.
 */
@Component
class LargeAnswers {

    /** Up to here an answer needs no share: four hours of readings every ten seconds. */
    static final int SMALL_ROWS = 5_000;

    private static final int STEP = 1_000;

    /** What a row takes while its answer is taken over, its events and what else needs the memory included. */
    private static final int BYTES_PER_ROW = 500;

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Who was refused and does not come back loses its turn. */
    private static final Duration TURN = Duration.ofSeconds(30);

    private final Clock clock;
    private final int capacity;
    private final Map<SessionId, Integer> sizes = new ConcurrentHashMap<>();
    private int free;
    private Optional<Turn> next = Optional.empty();

    @Autowired
    LargeAnswers(Clock clock) {
        this(clock, (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / BYTES_PER_ROW));
    }

    /** @param rows how many fit into the memory at a time */
    LargeAnswers(Clock clock, int rows) {
        this.clock = clock;
        this.capacity = Math.max(1, rows / STEP);
        this.free = capacity;
    }

    private record Turn(SessionId id, Instant lastAsked) {}

    /** There is no room for the answer now. */
    static final class NoRoom extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("There is no memory for the answer now", null, false, false);
        }
    }

    /**
     * A share of the memory for one answer, which may grow.
     *
     * @throws NoRoom when the answer was large before and there is no room for it now
     */
    Share share(SessionId id) {
        var share = new Share(id);
        Optional.ofNullable(sizes.get(id)).ifPresent(share::growTo);
        return share;
    }

    /**
     * A share for an answer of this many rows, for somebody who waits for it.
     *
     * @throws NoRoom when there is no room within this time
     */
    Share await(SessionId id, int rows, Duration patience) {
        var share = new Share(id);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!share.fits(rows)) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new NoRoom();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return share;
    }

    /** What was learnt of other sessions' answers is of no use any more. */
    void forgetAllBut(Collection<SessionId> live) {
        sizes.keySet().retainAll(Set.copyOf(live));
    }

    private synchronized boolean take(SessionId id, int steps) {
        var now = clock.instant();
        boolean others = next.filter(turn -> !turn.id().equals(id))
                .filter(turn -> turn.lastAsked().plus(TURN).isAfter(now))
                .isPresent();
        if (!others && steps <= free) {
            free -= steps;
            next = Optional.empty();
            return true;
        }
        if (!others) {
            next = Optional.of(new Turn(id, now));
        }
        return false;
    }

    private synchronized void release(int steps) {
        free += steps;
    }

    /** What one answer holds; to be closed when the answer is done with. */
    final class Share implements AutoCloseable {

        private final SessionId id;
        private int held;

        private Share(SessionId id) {
            this.id = id;
        }

        /**
         * The answer has this many rows by now.
         *
         * @throws NoRoom when they do not fit beside what others hold
         */
        void growTo(int rows) {
            if (rows > SMALL_ROWS) {
                sizes.merge(id, rows, Math::max);
            }
            if (!fits(rows)) {
                throw new NoRoom();
            }
        }

        private boolean fits(int rows) {
            int wanted = rows <= SMALL_ROWS ? 0 : Math.min(capacity, Math.ceilDiv(rows, STEP));
            if (wanted <= held) {
                return true;
            }
            boolean taken = take(id, wanted - held);
            held = taken ? wanted : held;
            return taken;
        }

        @Override
        public void close() {
            release(held);
            held = 0;
        }
    }
}
