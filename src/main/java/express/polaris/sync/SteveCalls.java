package express.polaris.sync;

import express.polaris.platform.time.Uptime;
import express.polaris.steve.SteveCircuit;
import express.polaris.steve.SteveClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Rate of this node's calls to SteVe for transactions and tags. */
@Component
public class SteveCalls {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final SteveClient steve;
    private final Uptime uptime;
    private final Instant startedAt;
    private final Sample first;

    /** Oldest first. The first is the latest one that is at least a minute old, or else the first of all. */
    private final Deque<Sample> samples = new ArrayDeque<>();

    SteveCalls(SteveClient steve, Clock clock, Uptime uptime) {
        this.steve = steve;
        this.uptime = uptime;
        this.startedAt = clock.instant();
        this.first = sample();
        samples.add(first);
    }

    private record Sample(Duration at, long calls) {

        /** Calls per second, with one decimal; zero if no time has passed. */
        BigDecimal rateTo(Sample later) {
            long millis = later.at.minus(at).toMillis();
            return millis <= 0
                    ? BigDecimal.ZERO.setScale(1)
                    : BigDecimal.valueOf((later.calls - calls) * 1000)
                            .divide(BigDecimal.valueOf(millis), 1, RoundingMode.HALF_UP);
        }
    }

    /**
     * Call rates of this node.
     *
     * @param lastMinute calls per second
     * @param sinceStart calls per second
     * @param circuit state of the circuit breaker for lists and details
     */
    public record Rates(
            BigDecimal lastMinute, BigDecimal sinceStart, long calls, Instant startedAt, SteveCircuit circuit) {}

    Rates rates() {
        var now = sample();
        Sample before;
        synchronized (samples) {
            before = samples.getFirst();
        }
        return new Rates(before.rateTo(now), first.rateTo(now), now.calls(), startedAt, steve.circuit());
    }

    @Scheduled(fixedRateString = "PT5S")
    void look() {
        var now = sample();
        synchronized (samples) {
            samples.addLast(now);
            var aMinuteAgo = now.at().minus(WINDOW);
            while (samples.size() > 1
                    && samples.stream().skip(1).findFirst().orElseThrow().at().compareTo(aMinuteAgo) <= 0) {
                samples.removeFirst();
            }
        }
    }

    private Sample sample() {
        return new Sample(uptime.now(), steve.callsMade());
    }
}
