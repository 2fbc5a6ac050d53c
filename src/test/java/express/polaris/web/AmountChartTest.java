package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.documents.Format;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AmountChartTest {

    private static final Format FORMAT = new Format(Locale.ENGLISH, ZoneId.of("UTC"));

    private static AmountChart.Value value(String label, String whole, String part) {
        return new AmountChart.Value(label, label, new BigDecimal(whole), new BigDecimal(part));
    }

    @Test
    void aPartIsDrawnAtTheScaleOfItsWhole() {
        var chart = AmountChart.of(List.of(value("a", "40", "10"), value("b", "20", "0")), FORMAT);
        // four steps of 10 reach 40
        assertThat(chart.ticks()).extracting(CurveChart.Tick::label).containsExactly("0", "10", "20", "30", "40");
        assertThat(chart.bars()).extracting(bar -> bar.whole().height()).containsExactly("1000.0", "500.0");
        assertThat(chart.bars().getFirst().part()).isEqualTo(new AmountChart.Side("750.0", "250.0"));
        assertThat(chart.isEmpty()).isFalse();
    }

    @Test
    void negativeAmountsHaveNoBar() {
        var chart = AmountChart.of(List.of(value("a", "-5", "0")), FORMAT);
        assertThat(chart.bars().getFirst().whole().height()).isEqualTo("0.0");
        assertThat(chart.isEmpty()).isTrue();
        assertThat(AmountChart.of(List.of(), FORMAT).isEmpty()).isTrue();
    }
}
