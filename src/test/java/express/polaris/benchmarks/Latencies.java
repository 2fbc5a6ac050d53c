package express.polaris.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** Measured durations and their percentiles. */
final class Latencies {

    private final long[] nanos;

    private Latencies(long[] nanos) {
        this.nanos = nanos;
    }

    static Latencies of(Collection<Duration> durations) {
        return ofNanos(durations.stream().mapToLong(Duration::toNanos).toArray());
    }

    static Latencies ofNanos(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return nanos.length;
    }

    /** Percentile by nearest rank, in milliseconds; {@code share} is between 0 and 1. */
    double millis(double share) {
        if (nanos.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.max(rank, 1) - 1] / 1_000_000.0;
    }
}
