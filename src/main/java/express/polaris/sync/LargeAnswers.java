package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.sessions.SessionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Shares this node's memory among large answers, counted in rows. As many are processed at a time as fit; one that is
 * larger than the whole memory runs alone. Small answers need no share. A read does not wait here: a refused one
 * retries later, and the first one refused gets the next share, so that a huge answer is not passed over forever.
 */
@Component
class LargeAnswers {

    /** Up to this size an answer needs no share: four hours of readings every ten seconds. */
    static final int SMALL_ROWS = 5_000;

    private static final int STEP = 1_000;

    /** Memory per row while its answer is applied, including its events and a reserve for everything else. */
    private static final int BYTES_PER_ROW = 500;

    private static final Duration LOOK = Duration.ofMillis(100);

    /** A refused session that does not retry within this time loses its turn. */
    private static final Duration TURN = Duration.ofSeconds(30);

    private final Uptime uptime;
    private final int capacity;
    private final Map<SessionId, Integer> sizes = new ConcurrentHashMap<>();
    private int free;
    private Optional<Turn> next = Optional.empty();

    @Autowired
    LargeAnswers(Uptime uptime) {
        this(uptime, (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / BYTES_PER_ROW));
    }

    /** @param rows how many fit into the memory at a time */
    LargeAnswers(Uptime uptime, int rows) {
        this.uptime = uptime;
        this.capacity = Math.max(1, rows / STEP);
        this.free = capacity;
    }

    private record Turn(SessionId id, Duration lastAsked) {}

    /** There is no memory for the answer at the moment. */
    static final class NoRoom extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoRoom() {
            super("Not enough memory for the answer right now", null, false, false);
        }
    }

    /**
     * A share of the memory for one answer, which may grow.
     *
     * @throws NoRoom if the answer was large before and there is no room for it
     */
    Share share(SessionId id) {
        var share = new Share(id);
        Optional.ofNullable(sizes.get(id)).ifPresent(share::growTo);
        return share;
    }

    /**
     * Waits for a share for an answer of this many rows.
     *
     * @throws NoRoom if there is no room within {@code patience}
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

    /** Forgets the sizes of the answers about other sessions. */
    void forgetAllBut(Collection<SessionId> live) {
        sizes.keySet().retainAll(Set.copyOf(live));
    }

    private synchronized boolean take(SessionId id, int steps) {
        var now = uptime.now();
        boolean others = next.filter(turn -> !turn.id().equals(id))
                .filter(turn -> turn.lastAsked().plus(TURN).compareTo(now) > 0)
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

    /** Memory held for one answer; close it when the answer is done. */
    final class Share implements AutoCloseable {

        private final SessionId id;
        private int held;

        private Share(SessionId id) {
            this.id = id;
        }

        /**
         * Grows the share to this number of rows.
         *
         * @throws NoRoom if they do not fit beside what others hold
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
