package express.polaris.api.live;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Counts of streams that this node opened, refused and cut off since the process started. */
@Component
class LiveCounts {

    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder cutOff = new LongAdder();

    void countOpened() {
        opened.increment();
    }

    void countRefused() {
        refused.increment();
    }

    void countEnded(LiveStream.End how) {
        if (how == LiveStream.End.CUT_OFF) {
            cutOff.increment();
        }
    }

    long opened() {
        return opened.sum();
    }

    /** Streams beyond the node's number. */
    long refused() {
        return refused.sum();
    }

    /** Streams whose reader did not keep up. */
    long cutOff() {
        return cutOff.sum();
    }
}
