package express.polaris.platform.time;

import java.time.Duration;

/**
 * Time since this process started. It only grows, whatever happens to a clock: everything that waits within the process
 * compares with it. What other nodes or a later start must understand is an instant of the {@code Clock}.
 */
@FunctionalInterface
public interface Uptime {

    /** Time since the start; never negative. */
    Duration now();
}
