package express.polaris.console.prices;

import express.polaris.billing.pricing.PriceSeries.Price;
import express.polaris.billing.tariffs.StoredSeries.Unit;
import express.polaris.documents.Format;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Market prices of a span of time, drawn on the server as SVG rectangles in a square of 1000 × 1000 that the page
 * stretches; prices below zero hang from the line of zero.
 *
 * @param zero of the line of zero, from the top
 * @param now of the present, from the left
 * @param gaps times without a price, at full height
 */
public record PriceChart(List<Bar> bars, List<Gap> gaps, String zero, String now, List<Tick> prices, List<Tick> times) {

    private static final int SIDE = 1000;
    private static final BigDecimal FULL = BigDecimal.valueOf(SIDE);
    private static final int STEPS = 4;
    private static final int HOURS_BETWEEN_LABELS = 12;

    /** @param text price and time in words */
    public record Bar(String x, String y, String width, String height, String text, boolean isNow) {}

    /** @param text its start and end */
    public record Gap(String x, String width, String text) {}

    /** @param percent from the left or from the top */
    public record Tick(String label, String percent) {}

    public PriceChart {
        bars = List.copyOf(bars);
        gaps = List.copyOf(gaps);
        prices = List.copyOf(prices);
        times = List.copyOf(times);
    }

    /**
     * @param known prices that overlap the span, by start
     */
    static PriceChart of(List<Price> known, Unit unit, Instant from, Instant to, Instant now, Format format) {
        var scale = Scale.of(from, to, known, unit);
        var bars = new ArrayList<Bar>();
        var gaps = new ArrayList<Gap>();
        var end = from;
        for (var price : known) {
            if (price.from().isAfter(end)) {
                gaps.add(scale.gap(end, price.from(), format));
            }
            bars.add(scale.bar(price, now, format));
            end = price.to();
        }
        if (end.isBefore(to)) {
            gaps.add(scale.gap(end, to, format));
        }
        return new PriceChart(
                bars, gaps, scale.y(BigDecimal.ZERO), scale.x(now), scale.priceTicks(format), scale.timeTicks(format));
    }

    private record Scale(Instant from, Instant to, BigDecimal least, BigDecimal most, BigDecimal step, Unit unit) {

        static Scale of(Instant from, Instant to, List<Price> known, Unit unit) {
            var least = known.stream().map(unit::of).reduce(BigDecimal.ZERO, BigDecimal::min);
            var most = known.stream().map(unit::of).reduce(BigDecimal.ZERO, BigDecimal::max);
            var step = step(most.subtract(least));
            return new Scale(
                    from,
                    to,
                    step.multiply(least.divide(step, 0, RoundingMode.FLOOR)),
                    step.multiply(most.divide(step, 0, RoundingMode.CEILING)),
                    step,
                    unit);
        }

        /** The smallest of 1, 2 and 5 times a power of ten of which about four cover the height. */
        private static BigDecimal step(BigDecimal height) {
            if (height.signum() == 0) {
                return BigDecimal.ONE;
            }
            var least = height.divide(BigDecimal.valueOf(STEPS), MathContext.DECIMAL32);
            var power = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 1);
            return Stream.of(1, 2, 5, 10)
                    .map(factor -> power.multiply(BigDecimal.valueOf(factor)))
                    .filter(step -> step.compareTo(least) >= 0)
                    .findFirst()
                    .orElseThrow();
        }

        private BigDecimal height() {
            var height = most.subtract(least);
            return height.signum() == 0 ? BigDecimal.ONE : height;
        }

        private BigDecimal across(Instant at) {
            var inside = at.isBefore(from) ? from : at.isAfter(to) ? to : at;
            return BigDecimal.valueOf(Duration.between(from, inside).toSeconds())
                    .multiply(FULL)
                    .divide(BigDecimal.valueOf(Duration.between(from, to).toSeconds()), 2, RoundingMode.HALF_UP);
        }

        private BigDecimal down(BigDecimal price) {
            return most.subtract(price).multiply(FULL).divide(height(), 2, RoundingMode.HALF_UP);
        }

        String x(Instant at) {
            return across(at).toPlainString();
        }

        String y(BigDecimal price) {
            return down(price).toPlainString();
        }

        private String width(Instant start, Instant end) {
            return across(end).subtract(across(start)).toPlainString();
        }

        Bar bar(Price price, Instant now, Format format) {
            var shown = unit.of(price);
            var top = down(shown.max(BigDecimal.ZERO));
            var bottom = down(shown.min(BigDecimal.ZERO));
            var text =
                    format.dateTime(price.from()) + "–" + format.time(price.to()) + ": " + format.number(shown, 2, 6);
            return new Bar(
                    x(price.from()),
                    top.toPlainString(),
                    width(price.from(), price.to()),
                    bottom.subtract(top).toPlainString(),
                    text,
                    !now.isBefore(price.from()) && now.isBefore(price.to()));
        }

        Gap gap(Instant start, Instant end, Format format) {
            return new Gap(x(start), width(start, end), format.dateTime(start) + " – " + format.dateTime(end));
        }

        List<Tick> priceTicks(Format format) {
            var ticks = new ArrayList<Tick>();
            for (var price = most; price.compareTo(least) >= 0; price = price.subtract(step)) {
                ticks.add(new Tick(
                        format.number(
                                price, 0, Math.max(0, step.stripTrailingZeros().scale())),
                        down(price).movePointLeft(1).toPlainString()));
            }
            return ticks;
        }

        List<Tick> timeTicks(Format format) {
            var ticks = new ArrayList<Tick>();
            var local = from.atZone(format.zone()).truncatedTo(ChronoUnit.DAYS);
            for (var at = local; at.toInstant().isBefore(to); at = at.plusHours(HOURS_BETWEEN_LABELS)) {
                var instant = at.toInstant();
                if (!instant.isBefore(from)) {
                    var label = at.getHour() == 0 ? format.dayAndMonth(instant) : format.time(instant);
                    ticks.add(new Tick(label, across(instant).movePointLeft(1).toPlainString()));
                }
            }
            return ticks;
        }
    }
}
