package express.polaris.units;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of time: from is in it, to is not.
 *
 * @throws IllegalArgumentException when it ends before it starts
 */
public record Interval(Instant from, Instant to) {

    public Interval {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("An interval cannot end before it starts (" + to + " < " + from + ")");
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    public Duration duration() {
        return Duration.between(from, to);
    }
}
