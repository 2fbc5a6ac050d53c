package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.documents.Format;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import express.polaris.web.CurveChart.Point;
import express.polaris.web.CurveChart.Tick;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveChartTest {

    private static final Format FORMAT = new Format(Locale.ENGLISH, ZoneId.of("Europe/Berlin"));
    private static final Instant NOON = Instant.parse("2026-10-05T10:00:00Z"); // 12:00 in Berlin

    @Test
    void oneReadingMakesNoCurve() {
        assertThat(CurveChart.of(List.of(point(0, 11_000, 0)), FORMAT)).isEmpty();
        assertThat(CurveChart.of(List.of(point(0, 11_000, 0), point(0, 11_000, 10)), FORMAT))
                .isEmpty();
    }

    @Test
    void theCurvesFillTheChartFromLeftToRight() {
        var chart = CurveChart.of(List.of(point(0, 0, 0), point(30, 6_000, 3_000), point(60, 12_000, 8_000)), FORMAT)
                .orElseThrow();
        // Power reaches 12 of 12 kW and energy 8 of 8 kWh, so both end in the upper right corner.
        assertThat(chart.powerLine()).isEqualTo("M0.0 1000.0L500.0 500.0L1000.0 0.0");
        assertThat(chart.energyLine()).isEqualTo("M0.0 1000.0L500.0 625.0L1000.0 0.0");
        assertThat(chart.powerTicks()).extracting(Tick::label).containsExactly("0", "3", "6", "9", "12");
        assertThat(chart.energyTicks()).extracting(Tick::label).containsExactly("0", "2", "4", "6", "8");
        assertThat(chart.timeTicks())
                .extracting(Tick::label)
                .containsExactly("12:00", "12:15", "12:30", "12:45", "13:00");
    }

    @Test
    void aReadingWithoutPowerInterruptsTheLine() {
        var unknown = new Point(NOON.plusSeconds(60), Optional.empty(), Energy.ofWattHours(50));
        var chart = CurveChart.of(
                        List.of(point(0, 1_000, 0), unknown, point(2, 1_000, 90), point(4, 1_000, 100)), FORMAT)
                .orElseThrow();
        assertThat(chart.powerLine()).containsSubsequence("M0.0", "M500.0", "L1000.0");
        assertThat(chart.points()).contains(",null,0.050]");
    }

    @Test
    void manyReadingsKeepTheirPeaks() {
        var readings = IntStream.range(0, 20_000)
                .mapToObj(i -> point(i, i == 7_777 ? 50_000 : 11_000, i))
                .toList();
        var chart = CurveChart.of(readings, FORMAT).orElseThrow();
        assertThat(chart.points().split("],\\[")).hasSizeLessThanOrEqualTo(400);
        assertThat(chart.points()).contains(",50.000,7.777]");
    }

    @Test
    void tinyEnergiesHaveReadableTicks() {
        var chart =
                CurveChart.of(List.of(point(0, 0, 0), point(1, 0, 4)), FORMAT).orElseThrow();
        assertThat(chart.energyTicks())
                .extracting(Tick::label)
                .containsExactly("0", "0.001", "0.002", "0.003", "0.004");
    }

    @Test
    void ticksStayOnFullHoursAcrossAClockChange() {
        var evening = Instant.parse("2026-10-24T16:00:00Z"); // 18:00 in Berlin; the night has 25 hours
        var chart = CurveChart.of(
                        List.of(
                                new Point(evening, Optional.empty(), Energy.ZERO),
                                new Point(
                                        evening.plusSeconds(15 * 3_600), Optional.empty(), Energy.ofWattHours(9_000))),
                        FORMAT)
                .orElseThrow();
        assertThat(chart.timeTicks()).extracting(Tick::label).containsExactly("20:00", "00:00", "04:00", "08:00");
    }

    private static Point point(long minute, long watts, long wattHours) {
        return new Point(
                NOON.plusSeconds(60 * minute), Optional.of(Power.ofWatts(watts)), Energy.ofWattHours(wattHours));
    }
}
