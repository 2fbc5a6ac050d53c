package express.polaris.web;

import express.polaris.documents.Format;
import express.polaris.units.Energy;
import express.polaris.units.Power;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chart of power and cumulative energy over time. Drawn on the server as SVG paths in a square of 1000 × 1000 that the
 * page stretches. Both axes have four steps and share one grid.
 *
 * @param powerLine empty if no point has a power
 * @param levels energies that are marked across the chart
 * @param points the drawn points for the pointer's readout, as JSON: {@code [[epochSecond, kW or null, kWh], …]}
 */
public record CurveChart(
        String powerLine,
        String powerArea,
        String energyLine,
        List<Tick> powerTicks,
        List<Tick> energyTicks,
        List<Tick> timeTicks,
        List<Mark> levels,
        String points) {

    private static final int SIDE = 1000;
    private static final int STEPS = 4;
    private static final int MOST_POINTS = 400;
    private static final BigDecimal FAR_ABOVE = BigDecimal.valueOf(3);
    private static final int MOST_TIME_TICKS = 5;
    private static final List<BigDecimal> ROUND_STEPS = IntStream.of(10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
            .mapToObj(tenths -> BigDecimal.valueOf(tenths, 1))
            .toList();
    private static final List<Duration> TIME_STEPS = IntStream.of(
                    1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080, 43_200)
            .mapToObj(Duration::ofMinutes)
            .toList();

    /** Reading; {@code power} is absent if unknown. */
    public record Point(Instant at, Optional<Power> power, Energy total) {}

    /** Label and its position in percent: from the left for times, from the top for quantities. */
    public record Tick(String label, String percent) {}

    /** Energy to mark across the chart; {@code name} is for the stylesheet. */
    public record Level(String name, String label, Energy energy) {}

    /**
     * Level with its position.
     *
     * @param percent from the top
     * @param above whether it lies above the chart and is marked at the upper edge
     */
    public record Mark(Level level, String percent, boolean above) {}

    /** As {@link #of(Points, Format)}, for a list of readings. */
    public static Optional<CurveChart> of(List<Point> readings, Format format) {
        var points = new Points(readings.size());
        readings.forEach(points::add);
        return of(points, format);
    }

    /** Empty unless there are two points at different times. */
    public static Optional<CurveChart> of(Points readings, Format format) {
        return of(readings, List.of(), format);
    }

    /** Chart with levels; a level far above everything else does not flatten the curve. */
    public static Optional<CurveChart> of(Points readings, List<Level> levels, Format format) {
        var points = readings.thinned();
        if (points.size() < 2
                || !points.getLast().at().isAfter(points.getFirst().at())) {
            return Optional.empty();
        }
        var powers = points.stream().flatMap(point -> point.power().stream()).toList();
        var powerStep = step(powers.stream().map(Power::kilowatts).reduce(BigDecimal.ZERO, BigDecimal::max));
        var energyStep = energyStep(points, levels);
        var line = powers.isEmpty() ? "" : powerLine(points, top(powerStep));
        return Optional.of(new CurveChart(
                line,
                line.isEmpty() ? "" : powerArea(points, top(powerStep)),
                energyLine(points, top(energyStep)),
                powers.isEmpty() ? List.of() : quantityTicks(powerStep, format),
                quantityTicks(energyStep, format),
                timeTicks(points.getFirst().at(), points.getLast().at(), format),
                levels.stream().map(level -> mark(level, top(energyStep))).toList(),
                json(points)));
    }

    private static BigDecimal energyStep(List<Point> points, List<Level> levels) {
        var curve =
                points.stream().map(point -> point.total().kilowattHours()).reduce(BigDecimal.ZERO, BigDecimal::max);
        var lowest = levels.stream()
                .map(level -> level.energy().kilowattHours())
                .reduce(BigDecimal::min)
                .orElse(BigDecimal.ZERO);
        var most = curve.max(lowest).multiply(FAR_ABOVE);
        return step(levels.stream()
                .map(level -> level.energy().kilowattHours())
                .filter(level -> level.compareTo(most) <= 0)
                .reduce(curve, BigDecimal::max));
    }

    private static Mark mark(Level level, double top) {
        double share = level.energy().kilowattHours().doubleValue() / top;
        return new Mark(level, decimals(100 - 100 * Math.clamp(share, 0.0, 1.0)), share > 1);
    }

    /**
     * Collects the readings of a curve while they stream by, oldest first. Keeps the first and the last reading, and of
     * each stretch in between those with the lowest and the highest power, which preserves the curve's shape. Memory
     * does not grow with the length of the curve.
     */
    public static final class Points {

        private final int stretch;
        private final List<Point> kept = new ArrayList<>();
        private Optional<Point> first = Optional.empty();
        private Optional<Point> last = Optional.empty();
        private Optional<Placed> least = Optional.empty();
        private Optional<Placed> most = Optional.empty();
        private int inStretch;

        private record Placed(int place, Point point) {}

        /**
         * @param expected approximate number of readings
         */
        public Points(int expected) {
            stretch = expected <= MOST_POINTS ? 1 : Math.ceilDiv(2 * expected, MOST_POINTS - 2);
        }

        public void add(Point point) {
            if (first.isEmpty()) {
                first = Optional.of(point);
                return;
            }
            last.ifPresent(this::addBetween);
            last = Optional.of(point);
        }

        private void addBetween(Point point) {
            var placed = Optional.of(new Placed(inStretch, point));
            if (least.filter(known -> watts(known.point()) <= watts(point)).isEmpty()) {
                least = placed;
            }
            if (most.filter(known -> watts(known.point()) >= watts(point)).isEmpty()) {
                most = placed;
            }
            inStretch++;
            if (inStretch == stretch) {
                endStretch(kept);
                least = Optional.empty();
                most = Optional.empty();
                inStretch = 0;
            }
        }

        private void endStretch(List<Point> points) {
            Stream.of(least, most)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingInt(Placed::place))
                    .map(Placed::point)
                    .distinct()
                    .forEach(points::add);
        }

        private List<Point> thinned() {
            var points = new ArrayList<Point>();
            first.ifPresent(points::add);
            points.addAll(kept);
            endStretch(points);
            last.ifPresent(points::add);
            return List.copyOf(points);
        }
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

    /** Smallest round step with which the four steps of the axis reach the value. */
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
        // Counts in local time, so that ticks stay on full hours across a change to or from daylight saving time.
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
