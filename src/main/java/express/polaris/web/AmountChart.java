package express.polaris.web;

import express.polaris.documents.Format;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Bar chart of amounts by hour, day or month, with a part of each amount in front of it. Drawn on the server as SVG
 * rectangles in a square of 1000 × 1000 that the page stretches. The axis has four steps.
 *
 * @param labels labels and positions of some bars, as many as fit
 */
public record AmountChart(List<Bar> bars, List<CurveChart.Tick> ticks, List<CurveChart.Tick> labels) {

    private static final int SIDE = 1000;
    private static final int MOST_LABELS = 8;
    private static final double SHARE_OF_ITS_PLACE = 0.68;

    /**
     * Value of a bar.
     *
     * @param label short text for the axis
     * @param text full description
     * @param whole amount; a negative one is drawn as zero
     * @param part part of the whole
     */
    public record Value(String label, String text, BigDecimal whole, BigDecimal part) {}

    /** Rectangles of the whole and of the part, in SVG coordinates. */
    public record Bar(String x, String width, Side whole, Side part, Value value) {}

    /** Top and height of a rectangle. */
    public record Side(String y, String height) {}

    public AmountChart {
        bars = List.copyOf(bars);
        ticks = List.copyOf(ticks);
        labels = List.copyOf(labels);
    }

    /** @param values from left to right */
    public static AmountChart of(List<Value> values, Format format) {
        var step = CurveChart.step(values.stream().map(Value::whole).reduce(BigDecimal.ZERO, BigDecimal::max));
        double top = CurveChart.top(step);
        double place = (double) SIDE / Math.max(1, values.size());
        int every = Math.ceilDiv(Math.max(1, values.size()), MOST_LABELS);
        var bars = new ArrayList<Bar>();
        var labels = new ArrayList<CurveChart.Tick>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            bars.add(new Bar(
                    CurveChart.decimals(place * (i + (1 - SHARE_OF_ITS_PLACE) / 2)),
                    CurveChart.decimals(place * SHARE_OF_ITS_PLACE),
                    side(value.whole(), top),
                    side(value.part(), top),
                    value));
            if (i % every == 0) {
                labels.add(new CurveChart.Tick(value.label(), CurveChart.decimals(place * (i + 0.5) / SIDE * 100)));
            }
        }
        return new AmountChart(bars, CurveChart.quantityTicks(step, format), labels);
    }

    /** Whether no amount is positive. */
    public boolean isEmpty() {
        return bars.stream().noneMatch(bar -> bar.value().whole().signum() > 0);
    }

    private static Side side(BigDecimal amount, double top) {
        double height = Math.clamp(amount.doubleValue() / top, 0, 1) * SIDE;
        return new Side(CurveChart.decimals(SIDE - height), CurveChart.decimals(height));
    }
}
