package express.polaris.units;

import java.time.Duration;
import java.time.Instant;

/**
 * A half-open span of time: includes {@code from}, excludes {@code to}.
 *
 * @throws IllegalArgumentException if it ends before it starts
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
