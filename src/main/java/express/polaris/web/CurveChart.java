package express.polaris.web;

import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Power and cumulative energy over time, drawn on the server as SVG paths in a square of 1000 × 1000 that the page
 * stretches. Both axes have four steps, so that one grid serves both.
 *
 * @param powerLine empty when no point has a power
 * @param points the drawn points for the pointer's readout, as JSON: {@code [[epochSecond, kW or null, kWh], …]}
 */
public record CurveChart(
        String powerLine,
        String powerArea,
        String energyLine,
        List<Tick> powerTicks,
        List<Tick> energyTicks,
        List<Tick> timeTicks,
        String points) {

    private static final int SIDE = 1000;
    private static final int STEPS = 4;
    private static final int MOST_POINTS = 400;
    private static final int MOST_TIME_TICKS = 5;
    private static final List<BigDecimal> ROUND_STEPS = IntStream.of(10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
            .mapToObj(tenths -> BigDecimal.valueOf(tenths, 1))
            .toList();
    private static final List<Duration> TIME_STEPS = IntStream.of(
                    1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080, 43_200)
            .mapToObj(Duration::ofMinutes)
            .toList();

    /** One reading; {@code power} is absent where none is known. */
    public record Point(Instant at, Optional<Power> power, Energy total) {}

    /** A label and its place in percent: from the left for times, from the top for quantities. */
    public record Tick(String label, String percent) {}

    /** Empty when there are not two points at different times. */
    public static Optional<CurveChart> of(List<Point> readings, Format format) {
        if (readings.size() < 2
                || !readings.getLast().at().isAfter(readings.getFirst().at())) {
            return Optional.empty();
        }
        var points = thinned(readings);
        var powers = points.stream().flatMap(point -> point.power().stream()).toList();
        var powerStep = step(powers.stream().map(Power::kilowatts).reduce(BigDecimal.ZERO, BigDecimal::max));
        var energyStep = step(
                points.stream().map(point -> point.total().kilowattHours()).reduce(BigDecimal.ZERO, BigDecimal::max));
        var line = powers.isEmpty() ? "" : powerLine(points, top(powerStep));
        return Optional.of(new CurveChart(
                line,
                line.isEmpty() ? "" : powerArea(points, top(powerStep)),
                energyLine(points, top(energyStep)),
                powers.isEmpty() ? List.of() : quantityTicks(powerStep, format),
                quantityTicks(energyStep, format),
                timeTicks(points.getFirst().at(), points.getLast().at(), format),
                json(points)));
    }

    /** Keeps the shape: of each stretch of readings the one with the least and the one with the most power. */
    private static List<Point> thinned(List<Point> readings) {
        if (readings.size() <= MOST_POINTS) {
            return readings;
        }
        int stretch = Math.ceilDiv(2 * readings.size(), MOST_POINTS - 2);
        var kept = new ArrayList<Point>();
        kept.add(readings.getFirst());
        for (int from = 1; from < readings.size() - 1; from += stretch) {
            int to = Math.min(from + stretch, readings.size() - 1);
            int least = from;
            int most = from;
            for (int i = from; i < to; i++) {
                least = watts(readings.get(i)) < watts(readings.get(least)) ? i : least;
                most = watts(readings.get(i)) > watts(readings.get(most)) ? i : most;
            }
            kept.add(readings.get(Math.min(least, most)));
            if (least != most) {
                kept.add(readings.get(Math.max(least, most)));
            }
        }
        kept.add(readings.getLast());
        return List.copyOf(kept);
    }

    private static double watts(Point point) {
        return point.power().map(power -> power.watts().doubleValue()).orElse(0.0);
    }

    private static String powerLine(List<Point> points, double top) {
        var path = new StringBuilder();
        boolean open = false;
        for (var point : points) {
            if (point.power().isPresent()) {
                path.append(open ? 'L' : 'M').append(place(points, point, top, CurveChart::kilowatts));
            }
            open = point.power().isPresent();
        }
        return path.toString();
    }

    private static String powerArea(List<Point> points, double top) {
        var path = new StringBuilder();
        var run = new ArrayList<Point>();
        for (var point : points) {
            if (point.power().isPresent()) {
                run.add(point);
            } else {
                closeArea(path, points, run, top);
            }
        }
        closeArea(path, points, run, top);
        return path.toString();
    }

    private static void closeArea(StringBuilder path, List<Point> points, List<Point> run, double top) {
        if (run.size() > 1) {
            path.append('M').append(left(points, run.getFirst())).append(' ').append(SIDE);
            run.forEach(point -> path.append('L').append(place(points, point, top, CurveChart::kilowatts)));
            path.append('L')
                    .append(left(points, run.getLast()))
                    .append(' ')
                    .append(SIDE)
                    .append('Z');
        }
        run.clear();
    }

    private static String energyLine(List<Point> points, double top) {
        var path = new StringBuilder();
        for (var point : points) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(place(
                            points, point, top, it -> it.total().kilowattHours().doubleValue()));
        }
        return path.toString();
    }

    private static double kilowatts(Point point) {
        return watts(point) / 1000;
    }

    private static String place(List<Point> points, Point point, double top, ToDoubleFunction<Point> value) {
        double height = Math.clamp(value.applyAsDouble(point) / top, 0.0, 1.0);
        return left(points, point) + " " + decimals(SIDE * (1 - height));
    }

    private static String left(List<Point> points, Point point) {
        return decimals(SIDE * share(points.getFirst().at(), points.getLast().at(), point.at()));
    }

    private static double share(Instant from, Instant to, Instant at) {
        return (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
    }

    static String decimals(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** The smallest round number of which four reach the value. */
    static BigDecimal step(BigDecimal most) {
        if (most.signum() <= 0) {
            return BigDecimal.valueOf(1, 1);
        }
        var quarter = most.divide(BigDecimal.valueOf(STEPS), MathContext.DECIMAL64);
        int magnitude = quarter.precision() - quarter.scale() - 1;
        return ROUND_STEPS.stream()
                .map(step -> step.scaleByPowerOfTen(magnitude))
                .filter(step -> step.compareTo(quarter) >= 0)
                .findFirst()
                .orElseThrow();
    }

    static double top(BigDecimal step) {
        return step.doubleValue() * STEPS;
    }

    static List<Tick> quantityTicks(BigDecimal step, Format format) {
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(i -> new Tick(
                        format.number(
                                step.multiply(BigDecimal.valueOf(i)),
                                0,
                                Math.max(0, step.stripTrailingZeros().scale())),
                        decimals(100 - 100.0 * i / STEPS)))
                .toList();
    }

    private static List<Tick> timeTicks(Instant from, Instant to, Format format) {
        var length = Duration.between(from, to);
        var step = TIME_STEPS.stream()
                .filter(it -> length.dividedBy(it) < MOST_TIME_TICKS)
                .findFirst()
                .orElse(length.dividedBy(MOST_TIME_TICKS - 1));
        boolean days = step.compareTo(Duration.ofDays(1)) >= 0;
        var ticks = new ArrayList<Tick>();
        var start = from.atZone(format.zone());
        var midnight = start.toLocalDate().atStartOfDay(format.zone());
        // Counted on the wall clock, so that ticks stay on full hours when the clocks change.
        ZonedDateTime at = midnight;
        for (long i = 0; !at.toInstant().isAfter(to); i++) {
            if (!at.toInstant().isBefore(from)) {
                var label = days ? format.dayAndMonth(at.toInstant()) : format.time(at.toInstant());
                ticks.add(new Tick(label, decimals(100 * share(from, to, at.toInstant()))));
            }
            at = midnight.toLocalDateTime().plus(step.multipliedBy(i + 1)).atZone(format.zone());
        }
        return List.copyOf(ticks);
    }

    private static String json(List<Point> points) {
        var json = new StringBuilder("[");
        for (var point : points) {
            json.append(json.length() == 1 ? "" : ",")
                    .append('[')
                    .append(point.at().getEpochSecond())
                    .append(',')
                    .append(point.power()
                            .map(power -> power.kilowatts()
                                    .setScale(3, RoundingMode.HALF_UP)
                                    .toPlainString())
                            .orElse("null"))
                    .append(',')
                    .append(point.total()
                            .kilowattHours()
                            .setScale(3, RoundingMode.HALF_UP)
                            .toPlainString())
                    .append(']');
        }
        return json.append(']').toString();
    }
}
