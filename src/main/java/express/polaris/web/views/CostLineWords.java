package express.polaris.web.views;

import express.polaris.billing.cost.CostLine;
import express.polaris.billing.plans.PlanNames;
import express.polaris.billing.pricing.Band;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import express.polaris.web.views.CostLineView.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says the lines of a cost. */
public record CostLineWords(Texts texts, Format format, PlanNames plans) {

    /** Decimals of an average market price. */
    private static final int AVERAGE_DECIMALS = 4;

    /** Lines of one kind are said as one. */
    private record Kind(
            Optional<Interval> period,
            String planCode,
            String plan,
            Optional<Band> band,
            Optional<BigDecimal> unitPrice,
            Currency currency,
            Optional<String> name,
            Optional<BillableMetric> metric) {}

    /** Returns the lines of one session; market prices of several hours are one line with its steps. */
    public List<CostLineView> of(List<CostLine> lines) {
        var kinds = new LinkedHashMap<Object, List<CostLine>>();
        lines.forEach(line -> kinds.computeIfAbsent(
                        line.isMarket() ? kind(line, Optional.of(line.period())) : line, key -> new ArrayList<>())
                .add(line));
        return kinds.values().stream().map(same -> line(same, steps(same))).toList();
    }

    /** Returns the lines of several sessions, summed by plan and price. */
    public List<CostLineView> summed(List<CostLine> lines) {
        var kinds = new LinkedHashMap<Kind, List<CostLine>>();
        lines.forEach(line -> kinds.computeIfAbsent(kind(line, Optional.empty()), key -> new ArrayList<>())
                .add(line));
        return kinds.values().stream().map(same -> line(same, List.of())).toList();
    }

    private Kind kind(CostLine line, Optional<Interval> period) {
        return new Kind(
                period,
                line.planCode(),
                plans.of(line.planCode(), line.period()),
                line.isMarket() ? Optional.empty() : Optional.of(line.band()),
                line.isMarket()
                        ? Optional.empty()
                        : Optional.of(line.unitPrice().stripTrailingZeros()),
                line.currency(),
                line.name(),
                line.fee().map(CostLine.Fee::metric));
    }

    /** What a fee counts, such as {@code Idle}. */
    public static String metric(BillableMetric metric, Texts texts) {
        return texts.get("cost.fee." + metric.name().toLowerCase(Locale.ROOT));
    }

    /** What a quantity of a metric is, such as {@code 62 min idle}. */
    public static String quantity(BillableMetric metric, BigDecimal quantity, Texts texts, Format format) {
        var number = format.number(quantity, 0, 2);
        return switch (metric) {
            case ENERGY -> number + " kWh";
            case SESSIONS ->
                texts.get(quantity.abs().compareTo(BigDecimal.ONE) == 0 ? "cost.fee.one" : "cost.fee.many", number);
            case CONNECTED_MINUTES, CHARGING_MINUTES, IDLE_MINUTES ->
                texts.get("cost.fee." + metric.name().toLowerCase(Locale.ROOT) + ".quantity", number);
        };
    }

    private CostLineView line(List<CostLine> same, List<Step> steps) {
        var first = same.getFirst();
        var about = new ArrayList<String>();
        first.name().ifPresent(about::add);
        var amount = new Money(sum(same, CostLine::amount), first.currency());
        var flat = first.isMarket() ? BigDecimal.ZERO : sum(same, CostLine::flat);
        if (first.fee().isPresent()) {
            about.add(metric(first.fee().get().metric(), texts));
        } else if (first.isMarket()) {
            about.add(texts.get("cost.market"));
            if (steps.size() == 1) {
                about.add(steps.getFirst().hours());
            }
        } else {
            var band = format.band(first.band().above(), first.band().upTo());
            if (!band.isEmpty()) {
                about.add(band);
            }
        }
        return new CostLineView(
                first.planCode(),
                plans.of(first.planCode(), first.period()),
                about,
                first.period(),
                first.fee().map(fee -> quantity(fee, same)).orElseGet(() -> energy(same)),
                first.isMarket() ? average(same) : Optional.of(format.unitPrice(first.unitPrice(), first.currency())),
                Optional.of(flat)
                        .filter(some -> some.signum() != 0)
                        .map(some -> format.finerMoney(new Money(some, first.currency()))),
                amount,
                steps.size() > 1 ? steps : List.of());
    }

    private String quantity(CostLine.Fee fee, List<CostLine> same) {
        var quantity = same.stream()
                .flatMap(line -> line.fee().stream())
                .map(CostLine.Fee::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var words = quantity(fee.metric(), quantity, texts, format);
        if (fee.grace().isPositive()) {
            words = texts.get("cost.fee.grace", words, format.count(fee.grace().toMinutes()));
        }
        boolean isCapped = same.size() == 1
                && fee.cap()
                        .filter(cap -> minutes(cap).compareTo(quantity) <= 0)
                        .isPresent();
        return isCapped
                ? texts.get("cost.fee.cap", words, format.count(fee.cap().get().toMinutes()))
                : words;
    }

    private static BigDecimal minutes(Duration duration) {
        return BigDecimal.valueOf(duration.toMinutes());
    }

    private String energy(List<CostLine> same) {
        return format.energy(energySum(same)) + " kWh";
    }

    private static Energy energySum(List<CostLine> same) {
        return same.stream().map(CostLine::energy).reduce(Energy.ZERO, Energy::plus);
    }

    private Optional<String> average(List<CostLine> same) {
        var currency = same.getFirst().currency();
        if (prices(same) == 1) {
            return Optional.of(format.unitPrice(same.getFirst().unitPrice(), currency));
        }
        var energy = energySum(same);
        if (energy.isZero()) {
            return Optional.empty();
        }
        var average =
                sum(same, CostLine::amount).divide(energy.kilowattHours(), AVERAGE_DECIMALS, RoundingMode.HALF_UP);
        return Optional.of(texts.get("cost.average", format.unitPrice(average, currency)));
    }

    private static long prices(List<CostLine> same) {
        return same.stream()
                .map(line -> line.unitPrice().stripTrailingZeros())
                .distinct()
                .count();
    }

    private static BigDecimal sum(List<CostLine> same, java.util.function.Function<CostLine, BigDecimal> part) {
        return same.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Neighbouring hours at one price. */
    private record Run(Interval hours, List<CostLine> lines) {

        boolean goesOnWith(CostLine line) {
            return line.hours().filter(next -> next.from().equals(hours.to())).isPresent()
                    && line.unitPrice().compareTo(lines.getFirst().unitPrice()) == 0;
        }

        Run with(CostLine line) {
            var all = new ArrayList<>(lines);
            all.add(line);
            return new Run(
                    new Interval(hours.from(), line.hours().map(Interval::to).orElse(hours.to())), all);
        }
    }

    private List<Step> steps(List<CostLine> same) {
        var runs = new ArrayList<Run>();
        same.stream()
                .filter(CostLine::isMarket)
                .sorted(Comparator.comparing(
                        line -> line.hours().map(Interval::from).orElse(Instant.EPOCH)))
                .forEach(line -> {
                    if (!runs.isEmpty() && runs.getLast().goesOnWith(line)) {
                        runs.add(runs.removeLast().with(line));
                    } else {
                        line.hours().ifPresent(hours -> runs.add(new Run(hours, List.of(line))));
                    }
                });
        boolean isOneDay = runs.isEmpty()
                || format.sameDay(
                        runs.getFirst().hours().from(),
                        runs.getLast().hours().to().minusNanos(1));
        return runs.stream().map(run -> step(run, isOneDay)).toList();
    }

    private Step step(Run run, boolean isOneDay) {
        var first = run.lines().getFirst();
        var hours =
                format.time(run.hours().from()) + "–" + format.time(run.hours().to());
        return new Step(
                isOneDay ? hours : format.dayAndMonth(run.hours().from()) + ", " + hours,
                energy(run.lines()),
                format.unitPrice(first.unitPrice(), first.currency()),
                new Money(sum(run.lines(), CostLine::amount), first.currency()));
    }
}
