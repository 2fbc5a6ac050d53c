package express.polaris.testing;

import express.polaris.platform.time.Uptime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class MutableClock extends Clock {

    private final AtomicReference<Instant> now;

    /** Starts at the system time truncated to milliseconds, as sync stores times, so that two of one instant are equal. */
    public MutableClock() {
        this(present());
    }

    public MutableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    /** @param instant in ISO 8601 */
    public void at(String instant) {
        set(Instant.parse(instant));
    }

    /** Resets the clock to the system time. */
    public void reset() {
        now.set(present());
    }

    /** Grows when a test moves this clock forward. */
    public Uptime uptime() {
        return () -> Duration.between(Instant.EPOCH, instant());
    }

    private static Instant present() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
