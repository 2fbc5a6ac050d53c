package express.polaris.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** How often the charger sends readings: the median of the last ten gaps, which a triggered reading cannot move. */
final class SamplingInterval {

    private static final int RECENT_GAPS = 10;
    private static final int FEWEST_GAPS = 2;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private SamplingInterval() {}

    /** @return empty until three readings are known; never under a second */
    static Optional<Duration> of(SortedSet<Instant> readingTimes) {
        var times = List.copyOf(readingTimes);
        var gaps = new ArrayList<Duration>(RECENT_GAPS);
        for (int i = Math.max(1, times.size() - RECENT_GAPS); i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)));
        }
        if (gaps.size() < FEWEST_GAPS) {
            return Optional.empty();
        }
        gaps.sort(null);
        var median = gaps.get(gaps.size() / 2);
        return Optional.of(median.compareTo(SHORTEST) < 0 ? SHORTEST : median);
    }
}
