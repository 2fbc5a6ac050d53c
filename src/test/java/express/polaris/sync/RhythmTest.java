package express.polaris.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedule of reads: few calls, short delay. */
class RhythmTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Optional<Duration> TEN_SECONDS = Optional.of(Duration.ofSeconds(10));

    /**
     * The n-th reading of a charger with its own clock: when it is taken by that clock, and when SteVe has it by the
     * portal's.
     */
    private record Reading(Instant measuredAt, Instant arrivesAt) {}

    private static List<Reading> readings(int count, Duration clockAhead, double drift, long seed) {
        var random = new Random(seed);
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < count; i++) {
            var taken = NOON.plusSeconds(10L * i);
            var byItsClock = taken.plus(clockAhead).plusMillis(Math.round(10_000.0 * i * drift));
            readings.add(new Reading(byItsClock, taken.plusMillis(200 + random.nextInt(600))));
        }
        return readings;
    }

    private record Outcome(double callsPerReading, double meanDelaySeconds, double longestDelaySeconds) {}

    /** Polls like a watched session. Averages from the 15th reading on; the longest delay counts from the first. */
    private static Outcome poll(List<Reading> readings, Instant begin, Duration call) {
        var now = begin;
        var rhythm = Rhythm.UNKNOWN;
        int seen = 0;
        int calls = 0;
        double delay = 0;
        double longest = 0;
        int learnt = 15;
        while (seen < readings.size()) {
            var asked = now;
            int there = (int) readings.stream()
                    .filter(reading -> !reading.arrivesAt().isAfter(asked))
                    .count();
            calls += seen >= learnt ? 1 : 0;
            for (int i = Math.max(seen, learnt); i < there; i++) {
                delay += Duration.between(readings.get(i).arrivesAt(), asked).toMillis() / 1000.0;
            }
            for (int i = Math.max(seen, 1); i < there; i++) {
                boolean watchedYet = readings.get(i).arrivesAt().isAfter(begin);
                double late =
                        Duration.between(readings.get(i).arrivesAt(), asked).toMillis() / 1000.0;
                longest = watchedYet ? Math.max(longest, late) : longest;
            }
            seen = there;
            var last = Optional.of(readings.get(seen - 1).measuredAt());
            rhythm = rhythm.learnt(last, TEN_SECONDS, asked);
            now = rhythm.next(TEN_SECONDS, true, asked.plus(call));
        }
        int counted = readings.size() - learnt;
        return new Outcome((double) calls / counted, delay / counted, longest);
    }

    @ParameterizedTest(name = "clock {0} s ahead, drift {1}")
    @CsvSource({"0, 0", "-40, 0", "3600, 0", "0, 0.0001", "5, -0.0001"})
    void aTenSecondSamplerIsAskedOnceAReadingAndSoonAfterIt(long ahead, double drift) {
        for (long seed = 1; seed <= 5; seed++) {
            var outcome = poll(
                    readings(360, Duration.ofSeconds(ahead), drift, seed), NOON.plusSeconds(3), Duration.ofMillis(60));
            assertThat(outcome.callsPerReading()).as("calls a reading").isLessThan(1.3);
            assertThat(outcome.meanDelaySeconds()).as("s behind SteVe").isLessThan(1.5);
        }
    }

    @ParameterizedTest(name = "a call takes {0} ms")
    @ValueSource(longs = {20, 60, 250, 700})
    void whereverInTheIntervalWatchingBeginsTheRhythmIsFound(long call) {
        for (long begin = 1_000; begin < 11_000; begin += 100) {
            var outcome = poll(readings(60, Duration.ZERO, 0, begin), NOON.plusMillis(begin), Duration.ofMillis(call));
            assertThat(outcome.callsPerReading()).as("calls a reading").isLessThan(1.3);
            assertThat(outcome.meanDelaySeconds())
                    .as("s behind SteVe, watched from %d ms on", begin)
                    .isLessThan(1.5);
            // Read every 2 s plus the call until the rhythm is learnt; the next learning step is half of 4 s.
            assertThat(outcome.longestDelaySeconds())
                    .as("s behind SteVe at most, watched from %d ms on", begin)
                    .isLessThan(3 + call / 1000.0);
        }
    }

    @Test
    void aMissingReadingDoesNotDisturbTheLearntPhase() {
        var phase = new ArrivalPhase(Duration.ofMillis(300), Duration.ofMillis(800));
        assertThat(phase.missed(NOON, NOON.plusSeconds(11), Duration.ofSeconds(10)))
                .isEqualTo(phase);
    }

    @Test
    void aWatchedSessionWithoutNewReadingsIsReadEverMoreRarely() {
        var now = NOON;
        var phase = new ArrivalPhase(Duration.ofMillis(300), Duration.ofMillis(800));
        int calls = 0;
        for (int empty = 1; now.isBefore(NOON.plusSeconds(600)); empty++) {
            phase = phase.missed(NOON, now, Duration.ofSeconds(10));
            now = PollPlan.live(
                    TEN_SECONDS, Optional.of(phase.askFor(NOON)), Optional.empty(), empty, true, now.plusMillis(60));
            calls++;
        }
        // a few while it may be late, then after 10, 20, 30, 30, … s: about 600 / 30
        assertThat(calls).isBetween(18, 26);
    }

    @Test
    void anUnwatchedSessionIsReadAtMostTwiceAMinuteAndEvery5MinutesIfUnchanged() {
        var next = NOON.plusSeconds(10);
        assertThat(PollPlan.live(TEN_SECONDS, Optional.of(next), Optional.empty(), 0, false, NOON))
                .isEqualTo(NOON.plusSeconds(30));
        assertThat(PollPlan.live(TEN_SECONDS, Optional.of(next), Optional.empty(), 10, false, NOON))
                .isBetween(NOON.plusSeconds(300), NOON.plusSeconds(310));
        assertThat(PollPlan.live(Optional.empty(), Optional.empty(), Optional.empty(), 0, false, NOON))
                .isEqualTo(NOON.plusSeconds(30));
        assertThat(PollPlan.live(Optional.empty(), Optional.empty(), Optional.empty(), 20, false, NOON))
                .isEqualTo(NOON.plusSeconds(300));
    }

    @Test
    void aStoppedSessionIsReadAfterFiveSecondsAMinuteAndTenMinutes() {
        assertThat(PollPlan.afterStop(1, Optional.empty(), NOON)).contains(NOON.plusSeconds(5));
        assertThat(PollPlan.afterStop(2, Optional.empty(), NOON)).contains(NOON.plusSeconds(60));
        assertThat(PollPlan.afterStop(3, Optional.empty(), NOON)).contains(NOON.plusSeconds(600));
        assertThat(PollPlan.afterStop(4, Optional.empty(), NOON)).isEmpty();
        var held = NOON.plusSeconds(3600);
        assertThat(PollPlan.afterStop(4, Optional.of(held), NOON)).contains(held);
    }

    @Test
    void failuresAreRetriedAfter2SecondsThenTwiceThatUpTo5MinutesWithJitter() {
        assertThat(PollPlan.afterFailure(1, 0, NOON)).isEqualTo(NOON.plusSeconds(2));
        assertThat(PollPlan.afterFailure(2, 0, NOON)).isEqualTo(NOON.plusSeconds(4));
        assertThat(PollPlan.afterFailure(2, 1, NOON)).isEqualTo(NOON.plusSeconds(6));
        assertThat(PollPlan.afterFailure(50, 1, NOON)).isEqualTo(NOON.plusSeconds(450));
    }

    @Test
    void aWatchedSessionIsReadEveryTwoSecondsUntilItsRhythmIsLearnt() {
        for (int empty = 0; empty < 60; empty++) {
            assertThat(PollPlan.live(Optional.empty(), Optional.empty(), Optional.empty(), empty, true, NOON))
                    .isEqualTo(NOON.plusSeconds(2));
        }
        assertThat(PollPlan.live(Optional.empty(), Optional.empty(), Optional.empty(), 60, true, NOON))
                .as("it may have nothing to tell")
                .isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void aReadingThatWasMissingTwoSecondsEarlierFixesThePhaseAtOnce() {
        var phase = ArrivalPhase.between(NOON, NOON.plusSeconds(1), NOON.plusSeconds(3), Duration.ofSeconds(60));
        assertThat(phase).isEqualTo(new ArrivalPhase(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        assertThat(PollPlan.isLearnt(phase)).isTrue();
        assertThat(ArrivalPhase.between(NOON, NOON.minusSeconds(90), NOON.plusSeconds(3), Duration.ofSeconds(60)))
                .isEqualTo(ArrivalPhase.first(NOON, NOON.plusSeconds(3), Duration.ofSeconds(60)));
    }

    @Test
    void answersTakeAtMostATwentiethOfTheTimeOrHalfOfItWhenWatched() {
        var soon = NOON.plusSeconds(1);
        // 19 × 4 s
        assertThat(PollPlan.sparing(soon, Duration.ofSeconds(4), false, NOON)).isEqualTo(NOON.plusSeconds(76));
        assertThat(PollPlan.sparing(soon, Duration.ofSeconds(4), true, NOON)).isEqualTo(NOON.plusSeconds(4));
        assertThat(PollPlan.sparing(soon, Duration.ofMillis(40), false, NOON)).isEqualTo(soon);
    }
}
