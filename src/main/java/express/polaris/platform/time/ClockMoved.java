package express.polaris.platform.time;

import java.time.Duration;

/**
 * The database's clock was set, and this node's with it: instants that were stored as due may lie too far ahead now.
 *
 * @param by forward if positive, back if negative
 */
public record ClockMoved(Duration by) {

    public boolean isBack() {
        return by.isNegative();
    }
}
