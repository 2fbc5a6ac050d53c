package express.polaris.stations.chargers;

import express.polaris.platform.notices.NoticeBoard;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Counts the remote starts that end on any node, and wakes those who wait for one. */
@Component
class StartEnds {

    private static final String CHANNEL = "start_ended";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition counted = lock.newCondition();
    private long count;

    StartEnds(NoticeBoard board) {
        board.listen(CHANNEL, start -> count(), this::count);
    }

    /** Number of ends so far; to be asked before looking at the rows. */
    long soFar() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a start ends, unless one has ended since.
     *
     * @param since number of ends before the rows were looked at
     * @param longest after which it returns anyway: a notice may be lost
     */
    void await(long since, Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (count == since && left > 0) {
                left = counted.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void count() {
        lock.lock();
        try {
            count++;
            counted.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
