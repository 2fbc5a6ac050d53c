package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.billing.pricing.ChargePrice;
import express.polaris.billing.pricing.ChargerGroups;
import express.polaris.billing.pricing.ChargerGroups.Membership;
import express.polaris.billing.pricing.FeeLine;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.pricing.PriceConditions;
import express.polaris.billing.pricing.PriceLine;
import express.polaris.billing.pricing.PriceTag;
import express.polaris.billing.pricing.SessionTimes;
import express.polaris.billing.pricing.TimedPrices;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.TextKeys;
import express.polaris.console.plans.PlanPreview.Example;
import express.polaris.console.plans.PlanPreview.Example.Line;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examples of sessions under one plan, priced as real ones are. */
final class SessionExamples {

    private static final String BOX = "example";
    private static final Duration AHEAD = Duration.ofDays(8);
    private static final Duration BEFORE = Duration.ofHours(3);
    private static final Duration AFTER = Duration.ofHours(1);
    private static final Duration CHARGING = Duration.ofHours(2);
    private static final Duration COUNTED = Duration.ofHours(1);
    private static final Duration BEYOND_CAP = Duration.ofMinutes(15);

    private final Plan plan;
    private final TariffService tariffs;
    private final Instant now;
    private final Texts texts;
    private final Format format;

    /** @param format with the time zone of the example */
    SessionExamples(Plan plan, TariffService tariffs, Instant now, Texts texts, Format format) {
        this.plan = plan;
        this.tariffs = tariffs;
        this.now = now;
        this.texts = texts;
        this.format = format;
    }

    /** A session over the next change between two prices of energy; empty if none comes within the days ahead. */
    Optional<Example> overBoundary(Energy energy) {
        return plan.charges().stream()
                .filter(charge -> charge.isTimed() && !charge.timeBands().isEmpty())
                .flatMap(charge -> places(List.of(charge))
                        .flatMap(place ->
                                boundary(charge, conditions(place)).map(at -> overBoundary(at, place, energy)).stream())
                        .flatMap(Optional::stream))
                .findFirst();
    }

    private Optional<Example> overBoundary(Instant boundary, Optional<String> place, Energy energy) {
        var span = new Interval(boundary.minus(BEFORE), boundary.plus(AFTER));
        var priced = new TimedPrices(plan.charges(), conditions(place), BOX, span)
                .of(span.from(), span.to(), energy, Map.of());
        if (!priced.isComplete()) {
            return Optional.empty();
        }
        var always = plan.owed(energy);
        var lines = new ArrayList<>(lines(priced.lines()));
        if (always.signum() != 0) {
            lines.add(new Line(texts.get("console.plan.always"), kilowattHours(energy), exactly(always)));
        }
        return Optional.of(new Example(
                texts.get("console.plan.example.boundary", kilowattHours(energy)),
                Stream.concat(
                                Stream.of(format.day(span.from()) + ", " + format.time(span.from()) + "–"
                                        + format.time(span.to())),
                                place.map(tariffs.groups()::name).stream())
                        .collect(Collectors.joining(", ")),
                lines,
                Optional.of(sum(priced.amount().add(always))),
                texts.get("console.plan.example.boundary.tip")));
    }

    /** Lines of energy; those of market prices by name. */
    private List<Line> lines(List<PriceLine> priced) {
        var market = new LinkedHashMap<String, PriceLine>();
        var lines = new ArrayList<Line>();
        for (var line : priced) {
            var name = line.tag().flatMap(PriceTag::name).orElseGet(() -> texts.get("console.plan.otherwise"));
            if (line.tag().filter(PriceTag::isMarket).isPresent()) {
                market.merge(name, line, SessionExamples::together);
            } else {
                var flat = line.flat().signum() == 0 ? "" : " + " + exactly(line.flat());
                lines.add(new Line(
                        name,
                        kilowattHours(line.energy()) + " × " + exactly(line.unitPrice()) + flat,
                        exactly(line.amount())));
            }
        }
        market.forEach((name, line) -> lines.add(new Line(
                name,
                texts.get("console.plan.example.atMarket", kilowattHours(line.energy())),
                exactly(line.amount()))));
        return lines;
    }

    /** The energy of both lines, with their amounts as a flat one. */
    private static PriceLine together(PriceLine one, PriceLine other) {
        return new PriceLine(
                one.band(),
                one.energy().plus(other.energy()),
                BigDecimal.ZERO,
                one.amount().add(other.amount()),
                one.tag());
    }

    /** A session long enough for every grace time and cap; empty without a price for minutes. */
    Optional<Example> withFees() {
        var fees = plan.charges().stream().filter(PlanCharge::isForSessions).toList();
        if (fees.stream().allMatch(fee -> fee.metric() == BillableMetric.SESSIONS)) {
            return Optional.empty();
        }
        var charging = longest(fees, BillableMetric.CHARGING_MINUTES, CHARGING);
        var idle = longest(fees, BillableMetric.IDLE_MINUTES, idleAtLeast(fees));
        var connected = longest(fees, BillableMetric.CONNECTED_MINUTES, charging.plus(idle));
        idle = connected.minus(charging);
        var place = fees.stream()
                .flatMap(fee -> fee.chargerGroups().stream())
                .sorted()
                .findFirst();
        var conditions = conditions(place);
        var start = start(fees, charging, connected, conditions);
        var energyEnd = start.plus(charging);
        var times = new SessionTimes(start, start.plus(connected), energyEnd, List.of(new Interval(start, energyEnd)));
        var lines = new ArrayList<Line>();
        var sum = BigDecimal.ZERO;
        for (int index = 0; index < plan.charges().size(); index++) {
            var charge = plan.charges().get(index);
            if (charge.isForSessions()) {
                var counted = counted(index, charge, times, conditions);
                lines.addAll(lines(charge, counted, times));
                sum = sum.add(counted.stream().map(FeeLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
            }
        }
        var parts = new ArrayList<String>();
        parts.add(
                idle.isZero()
                        ? texts.get("console.plan.example.fees.charging", length(charging))
                        : texts.get("console.plan.example.fees.idle", length(charging), length(idle)));
        if (fees.stream().anyMatch(fee -> !fee.timeBands().isEmpty())) {
            parts.add(format.day(start) + ", " + format.time(start) + "–" + format.time(times.end()));
        }
        place.map(tariffs.groups()::name).ifPresent(parts::add);
        return Optional.of(new Example(
                texts.get("console.plan.example.fees", length(connected)),
                String.join(" · ", parts),
                lines,
                Optional.of(sum(sum)),
                ""));
    }

    /** Some idle time, if anything is counted after the energy. */
    private static Duration idleAtLeast(List<PlanCharge> fees) {
        return fees.stream().anyMatch(fee -> fee.metric() == BillableMetric.CONNECTED_MINUTES)
                ? COUNTED
                : Duration.ZERO;
    }

    private static Duration longest(List<PlanCharge> fees, BillableMetric metric, Duration least) {
        return fees.stream()
                .filter(fee -> fee.metric() == metric)
                .map(fee -> fee.grace()
                        .plus(fee.cap().map(cap -> cap.plus(BEYOND_CAP)).orElse(COUNTED)))
                .reduce(least, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** A start by which the counted minutes of a fee with time bands lie on both sides of a boundary. */
    private Instant start(List<PlanCharge> fees, Duration charging, Duration connected, PriceConditions conditions) {
        for (var fee : fees) {
            var boundary =
                    fee.metric() == BillableMetric.SESSIONS ? Optional.<Instant>empty() : boundary(fee, conditions);
            if (boundary.isPresent()) {
                boolean isIdle = fee.metric() == BillableMetric.IDLE_MINUTES;
                var from = isIdle ? charging : Duration.ZERO;
                var to = fee.metric() == BillableMetric.CHARGING_MINUTES ? charging : connected;
                var after = to.minus(from).minus(fee.grace());
                var counted = fee.cap().filter(cap -> cap.compareTo(after) < 0).orElse(after);
                var middle = Duration.ofMinutes(counted.toMinutes() / 2);
                return boundary.get().minus(from).minus(fee.grace()).minus(middle);
            }
        }
        return now.truncatedTo(ChronoUnit.HOURS).plus(COUNTED);
    }

    private static List<FeeLine> counted(int index, PlanCharge charge, SessionTimes times, PriceConditions conditions) {
        return times.counted(charge, conditions, BOX).entrySet().stream()
                .flatMap(entry -> {
                    var filter = entry.getKey();
                    var price =
                            filter.map(at -> charge.filters().get(at).price()).orElse(charge.price());
                    return price instanceof ChargePrice.ByModel(var model)
                            ? FeeLine.of(
                                    charge,
                                    conditions.tag(index, charge, filter),
                                    model,
                                    BigDecimal.ZERO,
                                    entry.getValue())
                                    .stream()
                            : Stream.empty();
                })
                .toList();
    }

    private List<Line> lines(PlanCharge charge, List<FeeLine> counted, SessionTimes times) {
        var metric = texts.get(TextKeys.metric(charge.metric().code()));
        boolean isCut = charge.grace().isPositive() || charge.cap().isPresent();
        if (isCut && counted.size() == 1) {
            var fee = counted.getFirst();
            return List.of(
                    new Line(label(metric, fee), cut(charge, times) + ": " + product(fee), exactly(fee.amount())));
        }
        var lines = new ArrayList<Line>();
        if (isCut) {
            lines.add(new Line(metric, cut(charge, times), ""));
        }
        counted.forEach(fee -> lines.add(new Line(label(metric, fee), product(fee), exactly(fee.amount()))));
        return lines;
    }

    private static String label(String metric, FeeLine fee) {
        return fee.name().map(name -> metric + ", " + name).orElse(metric);
    }

    private String product(FeeLine fee) {
        var unit = fee.metric() == BillableMetric.SESSIONS ? "" : " min";
        var flat = fee.flat().signum() == 0 ? "" : " + " + exactly(fee.flat());
        return format.number(fee.quantity(), 0, 2) + unit + " × " + exactly(fee.unitPrice()) + flat;
    }

    private String cut(PlanCharge charge, SessionTimes times) {
        var from = charge.metric() == BillableMetric.IDLE_MINUTES ? times.energyEnd() : times.start();
        var to = charge.metric() == BillableMetric.CHARGING_MINUTES ? times.energyEnd() : times.end();
        var words = new StringBuilder(format.count(Duration.between(from, to).toMinutes())).append(" min");
        if (charge.grace().isPositive()) {
            words.append(", ")
                    .append(texts.get(
                            "console.plan.example.fees.grace",
                            format.count(charge.grace().toMinutes())));
        }
        charge.cap()
                .ifPresent(cap ->
                        words.append(", ").append(texts.get("console.plan.words.cap", format.count(cap.toMinutes()))));
        return words.toString();
    }

    /** The next instant at which a filter of the charge begins or ends to count. */
    private Optional<Instant> boundary(PlanCharge charge, PriceConditions conditions) {
        return conditions.changes(List.of(charge), BOX, now, now.plus(AHEAD)).stream()
                .filter(at ->
                        !conditions.filter(charge, BOX, at.minusNanos(1)).equals(conditions.filter(charge, BOX, at)))
                .findFirst();
    }

    /** No charger group, then each that these charges name. */
    private static Stream<Optional<String>> places(Collection<PlanCharge> charges) {
        return Stream.concat(
                Stream.of(Optional.empty()),
                charges.stream()
                        .flatMap(charge -> charge.chargerGroups().stream())
                        .distinct()
                        .sorted()
                        .map(Optional::of));
    }

    /** What prices depend on at a charge box of this group. */
    private PriceConditions conditions(Optional<String> place) {
        var bands = plan.charges().stream()
                .flatMap(charge -> charge.timeBands().stream())
                .collect(Collectors.toSet());
        var known = tariffs.groups();
        var names = plan.charges().stream()
                .flatMap(charge -> charge.chargerGroups().stream())
                .distinct()
                .collect(Collectors.toMap(code -> code, known::name));
        var members = place.map(group -> new Membership(group, Optional.empty(), Optional.empty()));
        var from = now.minus(AHEAD);
        var to = now.plus(AHEAD).plus(AFTER);
        return new PriceConditions(
                format.zone(),
                tariffs.bands(bands, Optional.empty()),
                new ChargerGroups(Map.of(BOX, members.stream().toList()), names),
                plan.charges().stream()
                        .flatMap(charge -> charge.series().stream())
                        .distinct()
                        .collect(Collectors.toMap(
                                code -> code, code -> tariffs.series(code, from, to, Optional.empty()))));
    }

    private Line sum(BigDecimal amount) {
        return new Line(texts.get("console.plan.example.sum"), "", format.money(new Money(amount, plan.currency())));
    }

    private String kilowattHours(Energy energy) {
        return format.plainEnergy(energy) + " kWh";
    }

    private String exactly(BigDecimal amount) {
        return format.unitPrice(amount, plan.currency());
    }

    /** Whole hours without minutes. */
    private String length(Duration duration) {
        return duration.toMinutesPart() == 0 && duration.toHours() < 48
                ? format.count(duration.toHours()) + " h"
                : format.duration(duration);
    }
}
