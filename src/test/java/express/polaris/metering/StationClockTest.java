package express.polaris.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import express.polaris.units.Energy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of a station's times are believed, and which times replace the others. */
class StationClockTest {

    private static final Instant SEEN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant UNSET = Instant.parse("1970-01-01T00:00:20Z");

    private final List<SampledValue> rows = new ArrayList<>();
    private Instant start = SEEN;
    private Optional<MeterStop> stop = Optional.empty();
    private Optional<Instant> stopSeen = Optional.empty();
    private Optional<Duration> shift = Optional.empty();

    private StationClockTest reading(Instant at, long wattHours) {
        rows.add(new SampledValue(
                at,
                String.valueOf(wattHours),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        return this;
    }

    private MeterSeries at(Duration sinceSeen) {
        var sight = new MeteredTransaction.Sight(SEEN, stopSeen, shift);
        var transaction = new MeteredTransaction(
                start, Energy.ofWattHours(1000), stop, Optional.empty(), sight, MeteredTransaction.Word.NONE);
        return MeterSeries.of(transaction, MeterValues.of(rows), SEEN.plus(sinceSeen));
    }

    private void stop(Instant at, long wattHours) {
        stop = Optional.of(
                new MeterStop(at, Optional.of(Energy.ofWattHours(wattHours)), Optional.empty(), Optional.empty()));
    }

    private static Instant minutes(long minutes) {
        return SEEN.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void aTransactionDeliveredDaysLaterKeepsItsTimes() {
        start = SEEN.minus(Duration.ofDays(8));
        reading(start.plusSeconds(3600), 3000);
        stop(start.plusSeconds(7200), 6000);
        var series = at(Duration.ofMinutes(1));
        assertThat(series.startedAt()).isEqualTo(start);
        assertThat(series.endedAt()).contains(start.plusSeconds(7200));
        assertThat(series.isClockWrong()).isFalse();
    }

    @Test
    void allTimesOfANeverSetClockAreShiftedTogether() {
        start = UNSET;
        reading(UNSET.plusSeconds(60), 1100).reading(UNSET.plusSeconds(120), 1200);
        var series = at(Duration.ofMinutes(3));
        // The newest reading cannot be newer than the answer, nor the start newer than the first sight, which gives the
        // smaller
        // shift.
        assertThat(series.clockShift()).contains(Duration.between(UNSET, SEEN));
        assertThat(series.startedAt()).isEqualTo(SEEN);
        assertThat(series.events().getLast().measuredAt()).isEqualTo(SEEN.plusSeconds(120));
        assertThat(series.isClockWrong()).isTrue();
    }

    @Test
    void theSmallestPossibleShiftIsUsed() {
        start = UNSET;
        reading(UNSET.plusSeconds(600), 1100);
        // Read a minute after the first sight: the reading cannot be newer, so the start was nine minutes before the
        // first sight.
        assertThat(at(Duration.ofMinutes(1)).startedAt()).isEqualTo(minutes(1).minusSeconds(600));
        shift = Optional.of(Duration.between(UNSET.plusSeconds(600), minutes(1)));
        assertThat(at(Duration.ofMinutes(30)).startedAt()).isEqualTo(minutes(1).minusSeconds(600));
    }

    @Test
    void shiftedTimesNeverPassTheFirstCorrectTime() {
        start = UNSET;
        reading(UNSET.plusSeconds(60), 1100).reading(SEEN.minusSeconds(1800), 1500);
        var series = at(Duration.ofMinutes(1));
        assertThat(series.startedAt()).isCloseTo(SEEN.minusSeconds(1860), within(1, ChronoUnit.MILLIS));
        assertThat(series.events())
                .extracting(MeterEvent::delta)
                .containsExactly(Energy.ofWattHours(100), Energy.ofWattHours(400));
    }

    @Test
    void aCompletedSessionEntirelyIn1970EndsWhenItWasFirstSeen() {
        start = UNSET;
        reading(UNSET.plusSeconds(60), 1100);
        stop(UNSET.plusSeconds(5400), 2000);
        var series = at(Duration.ZERO);
        assertThat(series.startedAt()).isEqualTo(SEEN.minusSeconds(5400));
        assertThat(series.endedAt()).contains(SEEN);
        assertThat(series.dispute()).isEmpty();
    }

    @Test
    void aWrongStartIsReplacedByTheFirstCorrectTime() {
        start = minutes(30);
        reading(minutes(-2), 1900);
        stop(minutes(-1), 2000);
        var series = at(Duration.ZERO);
        assertThat(series.startedAt()).isEqualTo(minutes(-2));
        assertThat(series.endedAt()).contains(minutes(-1));
        assertThat(series.dispute()).isEmpty();
    }

    @Test
    void aWrongStartWithoutAnyCorrectTimeIsReplacedByTheFirstSight() {
        start = minutes(120);
        reading(minutes(121), 1500);
        var series = at(Duration.ofMinutes(1));
        assertThat(series.startedAt()).isEqualTo(SEEN);
        assertThat(series.events()).isEmpty();
        assertThat(series.aheadUntil()).contains(minutes(116));
    }

    @Test
    void aStartThatWasAheadOfTheClockStaysRejectedLater() {
        start = minutes(120);
        assertThat(at(Duration.ofHours(3)).startedAt()).isEqualTo(SEEN);
    }

    @Test
    void aStopFarAheadIsReplacedByTheLastReading() {
        reading(minutes(30), 2000);
        stop(Instant.parse("2106-02-07T06:28:15Z"), 3000);
        var series = at(Duration.ofMinutes(40));
        assertThat(series.endedAt()).contains(minutes(30));
        assertThat(series.isClockWrong()).isTrue();
    }

    @Test
    void aWrongStopWithoutAReadingIsReplacedByTheTimeItWasSeen() {
        stop(Instant.parse("2106-02-07T06:28:15Z"), 3000);
        stopSeen = Optional.of(minutes(50));
        assertThat(at(Duration.ofMinutes(90)).endedAt()).contains(minutes(50));
    }

    @Test
    void aStopALittleAheadEndsWhenItWasSeen() {
        stop(minutes(43), 3000);
        stopSeen = Optional.of(minutes(40));
        assertThat(at(Duration.ofMinutes(41)).endedAt()).contains(minutes(40));
    }

    @Test
    void noSessionEndsBeforeItStarts() {
        stop(minutes(-10), 1000);
        assertThat(at(Duration.ofMinutes(1)).endedAt()).contains(SEEN);
    }

    @Test
    void aSingleReadingIn1970IsShiftedAlone() {
        reading(minutes(10), 1200).reading(UNSET, 1300).reading(minutes(20), 1400);
        var series = at(Duration.ofMinutes(21));
        assertThat(series.startedAt()).isEqualTo(SEEN);
        assertThat(series.measured()).isEqualTo(Energy.ofWattHours(400));
        assertThat(series.events())
                .allSatisfy(event -> assertThat(event.measuredAt()).isBetween(SEEN, minutes(21)));
    }
}
