package express.polaris.web;

import express.polaris.documents.Format;
import express.polaris.units.Energy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Bar chart of energy by day or month. Drawn on the server as SVG rectangles in a square of 1000 × 1000 that the page
 * stretches. The axis has four steps.
 *
 * @param labels labels and positions of some bars, as many as fit
 */
public record BarChart(List<Bar> bars, List<CurveChart.Tick> ticks, List<CurveChart.Tick> labels) {

    private static final int SIDE = 1000;
    private static final int MOST_LABELS = 7;
    private static final double SHARE_OF_ITS_PLACE = 0.68;

    /**
     * Value of a bar.
     *
     * @param label short text for the axis
     * @param text full description: time, energy, cost
     * @param isAhead whether it lies in the future
     * @param isNow whether it is still growing
     */
    public record Value(String label, String text, Energy energy, boolean isAhead, boolean isNow) {}

    /** Rectangle in SVG coordinates, with the value it represents. */
    public record Bar(String x, String y, String width, String height, Value value) {

        public boolean isEmpty() {
            return !value.energy().isPositive();
        }
    }

    public BarChart {
        bars = List.copyOf(bars);
        ticks = List.copyOf(ticks);
        labels = List.copyOf(labels);
    }

    /** @param values from left to right */
    public static BarChart of(List<Value> values, Format format) {
        var step = CurveChart.step(
                values.stream().map(value -> value.energy().kilowattHours()).reduce(BigDecimal.ZERO, BigDecimal::max));
        double top = CurveChart.top(step);
        double place = (double) SIDE / Math.max(1, values.size());
        int every = Math.ceilDiv(Math.max(1, values.size()), MOST_LABELS);
        var bars = new ArrayList<Bar>();
        var labels = new ArrayList<CurveChart.Tick>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            double height = Math.clamp(value.energy().kilowattHours().doubleValue() / top, 0, 1) * SIDE;
            bars.add(new Bar(
                    CurveChart.decimals(place * (i + (1 - SHARE_OF_ITS_PLACE) / 2)),
                    CurveChart.decimals(SIDE - height),
                    CurveChart.decimals(place * SHARE_OF_ITS_PLACE),
                    CurveChart.decimals(height),
                    value));
            if (i % every == 0) {
                labels.add(new CurveChart.Tick(value.label(), CurveChart.decimals(place * (i + 0.5) / SIDE * 100)));
            }
        }
        return new BarChart(bars, CurveChart.quantityTicks(step, format), labels);
    }

    /** The values of all bars. */
    public List<Value> values() {
        return bars.stream().filter(bar -> !bar.isEmpty()).map(Bar::value).toList();
    }
}
