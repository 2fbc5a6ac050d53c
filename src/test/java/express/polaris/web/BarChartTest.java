package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.documents.Format;
import express.polaris.units.Energy;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BarChartTest {

    private static final Format ENGLISH = new Format(Locale.ENGLISH, ZoneId.of("UTC"));

    @Test
    void barsAreScaledToARoundAxis() {
        var chart = BarChart.of(List.of(value("10"), value("35")), ENGLISH);
        assertThat(chart.ticks()).extracting(CurveChart.Tick::label).containsExactly("0", "10", "20", "30", "40");
        assertThat(chart.bars()).extracting(BarChart.Bar::height).containsExactly("250.0", "875.0"); // 10/40, 35/40
        assertThat(chart.bars()).extracting(BarChart.Bar::y).containsExactly("750.0", "125.0");
    }

    @Test
    void daysWithoutEnergyKeepTheirPlaceWithoutALabel() {
        var chart = BarChart.of(List.of(value("0"), value("2"), value("-1")), ENGLISH);
        assertThat(chart.bars()).hasSize(3);
        assertThat(chart.bars().getLast().height()).isEqualTo("0.0");
        assertThat(chart.values()).extracting(BarChart.Value::text).containsExactly("2 kWh");
    }

    @Test
    void aLongPeriodHasOnlyAsManyLabelsAsFit() {
        var values = IntStream.range(0, 92).mapToObj(day -> value("1")).toList();
        assertThat(BarChart.of(values, ENGLISH).labels()).hasSizeBetween(4, 7);
        assertThat(BarChart.of(List.of(), ENGLISH).bars()).isEmpty();
    }

    private static BarChart.Value value(String kwh) {
        return new BarChart.Value(kwh, kwh + " kWh", Energy.ofKilowattHours(kwh), false, false);
    }
}
