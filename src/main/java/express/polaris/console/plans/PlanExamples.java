package express.polaris.console.plans;

import express.polaris.billing.plans.Plan;
import express.polaris.billing.pricing.ChargeFilter;
import express.polaris.billing.pricing.ChargePrice;
import express.polaris.billing.pricing.PlanCharge;
import express.polaris.billing.tariffs.PriceSeriesService;
import express.polaris.billing.tariffs.StoredSeries;
import express.polaris.billing.tariffs.TariffService;
import express.polaris.console.plans.PlanPreview.Example;
import express.polaris.console.plans.PlanPreview.Example.Line;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.settings.Settings;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Examples of what a plan costs that amounts of energy alone do not show, in the time zone of the installation. */
@Component
class PlanExamples {

    private static final Duration AHEAD = Duration.ofDays(1);
    private static final int MOST_PRICES = 6;
    private static final BigDecimal USED = new BigDecimal("0.6");
    private static final Energy BEYOND = Energy.ofKilowattHours("10");

    private final TariffService tariffs;
    private final PriceSeriesService series;
    private final Settings settings;
    private final Clock clock;

    PlanExamples(TariffService tariffs, PriceSeriesService series, Settings settings, Clock clock) {
        this.tariffs = tariffs;
        this.series = series;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Market prices of the hours ahead, a session over the boundary of a time band, a session with fees, and two billing
     * periods with included energy, as far as the plan has them.
     *
     * @param energy of the session over a boundary
     */
    List<Example> of(Plan plan, Energy energy, Texts texts, Format format) {
        var local = new Format(format.locale(), settings.timeZone());
        var now = clock.instant();
        var sessions = new SessionExamples(plan, tariffs, now, texts, local);
        return Stream.of(
                        markets(plan).map(market -> ahead(plan, market, now, texts, local)),
                        sessions.overBoundary(energy).stream(),
                        sessions.withFees().stream(),
                        periods(plan, texts, local).stream())
                .flatMap(examples -> examples)
                .toList();
    }

    private static Stream<ChargePrice.Market> markets(Plan plan) {
        return plan.charges().stream()
                .flatMap(PlanExamples::prices)
                .flatMap(price -> price instanceof ChargePrice.Market market ? Stream.of(market) : Stream.empty())
                .distinct();
    }

    private static Stream<ChargePrice> prices(PlanCharge charge) {
        return Stream.concat(
                Stream.of(charge.price()), charge.filters().stream().map(ChargeFilter::price));
    }

    private Example ahead(Plan plan, ChargePrice.Market market, Instant now, Texts texts, Format format) {
        var end = now.plus(AHEAD);
        var known = tariffs.series(market.series(), now, end, Optional.empty());
        var lines = new ArrayList<Line>();
        for (var at = now; at.isBefore(end) && lines.size() < MOST_PRICES; ) {
            var price = known.at(at);
            var from = at;
            var to = price.map(found -> found.to())
                    .orElseGet(
                            () -> known.changes(from, end).stream().findFirst().orElse(end));
            lines.add(new Line(
                    span(from, to, now, end, texts, format),
                    price.map(found -> formula(market, found.perKwh(), plan, texts, format))
                            .orElseGet(() -> texts.get("console.plan.example.market.missing")),
                    price.map(found -> format.unitPrice(market.of(found.perKwh()), plan.currency()))
                            .orElse(Format.MISSING)));
            at = to;
        }
        var name = series.find(market.series()).map(StoredSeries::name).orElse(market.series());
        return new Example(
                texts.get("console.plan.example.market", name),
                "",
                lines,
                Optional.empty(),
                texts.get("console.plan.example.market.tip"));
    }

    private static String span(Instant from, Instant to, Instant now, Instant end, Texts texts, Format format) {
        boolean isLast = !to.isBefore(end);
        if (from.equals(now)) {
            return isLast
                    ? texts.get("console.plan.example.fromNow")
                    : texts.get("console.plan.example.now", format.time(to));
        }
        return isLast
                ? texts.get("console.plan.example.from", format.time(from))
                : format.time(from) + "–" + format.time(to);
    }

    /** How the price per kWh comes from that of the series; a bound only where it counts. */
    private static String formula(ChargePrice.Market market, BigDecimal perKwh, Plan plan, Texts texts, Format format) {
        var words = new StringBuilder(format.unitPrice(perKwh, plan.currency()));
        if (market.factor().compareTo(BigDecimal.ONE) != 0) {
            words.append(" × ").append(format.number(market.factor(), 0, 4));
        }
        if (market.markup().signum() != 0) {
            words.append(market.markup().signum() > 0 ? " + " : " − ")
                    .append(format.unitPrice(market.markup().abs(), plan.currency()));
        }
        var price = perKwh.multiply(market.factor()).add(market.markup());
        market.floor()
                .filter(floor -> price.compareTo(floor) < 0)
                .ifPresent(floor -> words.append(", ")
                        .append(texts.get("console.plan.words.floor", format.unitPrice(floor, plan.currency()))));
        market.ceiling()
                .filter(ceiling -> price.compareTo(ceiling) > 0)
                .ifPresent(ceiling -> words.append(", ")
                        .append(texts.get("console.plan.words.ceiling", format.unitPrice(ceiling, plan.currency()))));
        return words.toString();
    }

    /** A period that leaves some of its included energy, and the next one, which needs more than it has. */
    private static Optional<Example> periods(Plan plan, Texts texts, Format format) {
        var charges = plan.charges().stream()
                .filter(charge -> charge.included().energy().isPositive())
                .toList();
        if (charges.size() != 1) {
            return Optional.empty();
        }
        var included = charges.getFirst().included();
        var used = used(included.energy());
        var left = included.energy().minus(used);
        var next = included.energy().plus(left).plus(BEYOND);
        var free = included.rollsOver() ? included.energy().plus(left) : included.energy();
        var owed = plan.charges().stream()
                .flatMap(charge -> charge.including(charge.left(used)).plainModel().stream())
                .map(model -> model.rate(next))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(new Example(
                texts.get("console.plan.example.periods"),
                "",
                List.of(
                        new Line(
                                texts.get("console.plan.example.periods.first"),
                                texts.get(
                                        "console.plan.example.periods.used",
                                        format.plainEnergy(used),
                                        format.plainEnergy(included.energy())),
                                format.money(new Money(plan.owed(used), plan.currency()))),
                        new Line(
                                texts.get("console.plan.example.periods.left"),
                                texts.get(
                                        included.rollsOver()
                                                ? "console.plan.example.periods.kept"
                                                : "console.plan.example.periods.lost",
                                        format.plainEnergy(left)),
                                ""),
                        new Line(
                                texts.get("console.plan.example.periods.next"),
                                texts.get(
                                        "console.plan.example.periods.free",
                                        format.plainEnergy(next),
                                        format.plainEnergy(free)),
                                format.money(new Money(owed, plan.currency())))),
                Optional.empty(),
                ""));
    }

    /** Three fifths, in whole kWh where that is anything. */
    private static Energy used(Energy included) {
        var part = included.kilowattHours().multiply(USED);
        var whole = part.setScale(0, RoundingMode.DOWN);
        return Energy.ofKilowattHours(whole.signum() > 0 ? whole : part.setScale(3, RoundingMode.DOWN));
    }
}
