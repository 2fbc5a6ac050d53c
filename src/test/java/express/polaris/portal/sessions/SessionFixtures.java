package express.polaris.portal.sessions;

import static express.polaris.portal.PageFixtures.ENDLESS;
import static express.polaris.portal.PageFixtures.FOB;
import static express.polaris.portal.PageFixtures.GARAGE;
import static express.polaris.portal.PageFixtures.PAGES;
import static express.polaris.portal.PageFixtures.START;
import static express.polaris.portal.PageFixtures.driver;
import static express.polaris.portal.PageFixtures.euro;

import express.polaris.billing.cost.CostLine;
import express.polaris.billing.plans.PlanNames;
import express.polaris.billing.pricing.Band;
import express.polaris.billing.pricing.BillableMetric;
import express.polaris.documents.Format;
import express.polaris.portal.ChargerView;
import express.polaris.portal.CostView;
import express.polaris.portal.CostView.Coverage;
import express.polaris.portal.TimelineView;
import express.polaris.portal.TimelineView.Measured;
import express.polaris.portal.TimelineView.Reading;
import express.polaris.portal.TimelineView.Step;
import express.polaris.portal.sessions.SessionPage.Facts;
import express.polaris.portal.sessions.SessionPage.LiveCard;
import express.polaris.portal.sessions.SessionPage.Totals;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.CurveChart;
import express.polaris.web.RowWindow;
import express.polaris.web.Shell;
import express.polaris.web.views.CostLineView;
import express.polaris.web.views.CostLineWords;
import express.polaris.web.views.SessionHead;
import express.polaris.web.views.SessionHead.Note;
import express.polaris.web.views.SessionHead.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Sample pages of one session. */
public final class SessionFixtures {

    private static final CostView.Period OCTOBER =
            new CostView.Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31));

    private static final Interval OCTOBER_SPAN =
            new Interval(Instant.parse("2026-09-30T22:00:00Z"), Instant.parse("2026-10-31T23:00:00Z"));

    private SessionFixtures() {}

    public static SessionPage charging(Shell shell) {
        var readings = readings(91, Duration.ofSeconds(30), 11_020, false);
        var last = readings.getLast();
        return page(
                shell,
                new SessionHead(
                        4711, Status.IN_PROGRESS, Optional.of(Note.CHARGING), true, Optional.of(last.measuredAt())),
                Optional.of(new LiveCard(
                        last.power(),
                        last.soc(),
                        Optional.of(GARAGE),
                        true,
                        last.measuredAt().plusSeconds(12))),
                readings,
                facts(Optional.of(GARAGE), Optional.empty(), Optional.empty()),
                cost(
                        Coverage.BILLED,
                        "2.4711",
                        true,
                        List.of(line("0–100", "0.32", last.energy().total()))));
    }

    public static SessionPage completed(Shell shell) {
        return billed(shell);
    }

    public static SessionPage idle() {
        var readings = readings(30, Duration.ofSeconds(60), 0, true);
        var last = readings.getLast();
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4712, Status.IN_PROGRESS, Optional.of(Note.IDLE), true, Optional.of(last.measuredAt())),
                Optional.of(new LiveCard(
                        Optional.of(new Measured(Power.ZERO, true)),
                        Optional.empty(),
                        Optional.of(GARAGE),
                        true,
                        last.measuredAt().plusSeconds(41))),
                readings,
                facts(Optional.of(GARAGE), Optional.empty(), Optional.empty()),
                cost(Coverage.INCLUDED, "0", true, List.of()));
    }

    public static SessionPage silent() {
        var readings = readings(20, Duration.ofSeconds(60), 7_360, true);
        var last = readings.getLast();
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(
                        4713, Status.IN_PROGRESS, Optional.of(Note.SILENT), true, Optional.of(last.measuredAt())),
                Optional.of(new LiveCard(
                        last.power(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        last.measuredAt().plusSeconds(5025))),
                readings,
                facts(Optional.empty(), Optional.empty(), Optional.empty()),
                cost(Coverage.UNKNOWN, "", true, List.of()));
    }

    public static SessionPage justStarted() {
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4714, Status.IN_PROGRESS, Optional.empty(), true, Optional.empty()),
                Optional.of(new LiveCard(
                        Optional.empty(), Optional.empty(), Optional.of(ENDLESS), true, START.plusSeconds(8))),
                List.of(),
                facts(Optional.of(ENDLESS), Optional.empty(), Optional.empty()),
                cost(Coverage.INCLUDED, "0", true, List.of()));
    }

    public static SessionPage awaitingFinal() {
        var readings = readings(12, Duration.ofMinutes(5), 3_680, true);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(
                        4715,
                        Status.IN_PROGRESS,
                        Optional.of(Note.AWAITING_FINAL_READING),
                        false,
                        Optional.of(readings.getLast().measuredAt())),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.of(START.plusSeconds(3700)), Optional.of("EVDisconnected")),
                cost(
                        Coverage.BILLED,
                        "1.0856",
                        true,
                        List.of(line("0–∞", "0.32", readings.getLast().energy().total()))));
    }

    public static SessionPage billed(Shell shell) {
        var readings = readings(92, Duration.ofSeconds(30), 11_020, false);
        var first = line("0–100", "0.32", Energy.ofWattHours(4_210));
        var second = line("100–∞", "0.28", readings.getLast().energy().total().minus(Energy.ofWattHours(4_210)));
        return page(
                shell,
                new SessionHead(
                        4711,
                        Status.COMPLETED,
                        Optional.empty(),
                        false,
                        Optional.of(readings.getLast().measuredAt())),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.of(readings.getLast().measuredAt()), Optional.of("Local")),
                own -> {
                    var lines = new CostLineWords(own.texts(), own.format(), PlanNames.NONE).of(List.of(first, second));
                    return new CostView(
                            new CostView.Sum(
                                    List.of(lines.getFirst()
                                            .amount()
                                            .plus(lines.getLast().amount())),
                                    Coverage.BILLED,
                                    false),
                            lines,
                            false,
                            List.of(
                                    new CostView.Tier(
                                            OCTOBER,
                                            Energy.ZERO,
                                            Optional.of(Energy.ofKilowattHours("100")),
                                            Energy.ofKilowattHours("94.7"),
                                            first.energy()),
                                    new CostView.Tier(
                                            OCTOBER,
                                            Energy.ofKilowattHours("100"),
                                            Optional.empty(),
                                            Energy.ZERO,
                                            second.energy())),
                            List.of(),
                            List.of("2026-000017"));
                });
    }

    public static SessionPage included() {
        var readings = readings(60, Duration.ofMinutes(1), 21_600, false);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4716, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.of(readings.getLast().measuredAt()), Optional.of("Remote")),
                cost(
                        Coverage.INCLUDED,
                        "0",
                        false,
                        List.of(line("0–100", "0", readings.getLast().energy().total()))));
    }

    public static SessionPage unknownCost() {
        var readings = readings(2, Duration.ofMinutes(20), 3_600, true);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4717, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.empty(), Optional.of(readings.getLast().measuredAt()), Optional.empty()),
                cost(Coverage.UNKNOWN, "", false, List.of(line("0–100", "0.32", Energy.ofWattHours(1_200)))));
    }

    public static SessionPage zero() {
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4718, Status.COMPLETED, Optional.empty(), false, Optional.of(START)),
                Optional.empty(),
                List.of(new Reading(
                        0,
                        START.plusSeconds(42),
                        new Step(Energy.ZERO, Energy.ZERO),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(euro("0")),
                        List.of("final"))),
                facts(Optional.of(GARAGE), Optional.of(START.plusSeconds(42)), Optional.of("EVDisconnected")),
                cost(Coverage.INCLUDED, "0", false, List.of()));
    }

    public static SessionPage huge() {
        var readings = readings(400, Duration.ofHours(1), 349_950, false);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(2147483647, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.of(ENDLESS), Optional.of(readings.getLast().measuredAt()), Optional.of("EmergencyStop")),
                cost(
                        Coverage.BILLED,
                        "1234567.891",
                        false,
                        List.of(
                                line(
                                        "0–1000000",
                                        "8.818181",
                                        readings.getLast().energy().total()),
                                line(
                                        "Quarterly volume plan with an unusually long name for a plan",
                                        Band.parse("1000000–∞"),
                                        Energy.ofKilowattHours("9999.123"),
                                        "0.28",
                                        "-20000"))));
    }

    public static SessionPage corrected() {
        var readings = new ArrayList<>(readings(14, Duration.ofMinutes(5), 7_200, false));
        var before = readings.getLast();
        readings.set(5, withFlags(readings.get(5), List.of("meter_reset")));
        readings.set(9, withFlags(readings.get(9), List.of("implausible", "clock")));
        readings.add(new Reading(
                14,
                before.measuredAt().plusSeconds(90),
                new Step(Energy.ofWattHours(-412), before.energy().total().plus(Energy.ofWattHours(-412))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(euro("-0.13184")),
                List.of("final", "reset_correction")));
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4719, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.of(before.measuredAt().plusSeconds(90)), Optional.of("PowerLoss")),
                cost(
                        Coverage.BILLED,
                        "2.3",
                        false,
                        List.of(line("0–∞", "0.32", readings.getLast().energy().total()))));
    }

    public static SessionPage manyReadings() {
        var readings = readings(500, Duration.ofMinutes(3), 10_900, false);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4720, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.of(readings.getLast().measuredAt()), Optional.of("Local")),
                cost(
                        Coverage.BILLED,
                        "87.2",
                        false,
                        List.of(line("0–∞", "0.32", readings.getLast().energy().total()))));
    }

    private static SessionPage page(
            Shell shell,
            SessionHead head,
            Optional<LiveCard> live,
            List<Reading> readings,
            Facts facts,
            Function<Shell, CostView> costs) {
        var cost = costs.apply(shell);
        var energy =
                readings.isEmpty() ? Energy.ZERO : readings.getLast().energy().total();
        var end = live.map(LiveCard::now)
                .or(facts::endedAt)
                .orElse(readings.isEmpty() ? START : readings.getLast().measuredAt());
        var duration = Duration.between(START, end);
        var totals = new Totals(
                energy, duration, duration.isPositive() ? Optional.of(Power.mean(energy, duration)) : Optional.empty());
        var timeline =
                new TimelinePart(timeline(readings, shell.format()), head.id(), START, shell.texts(), shell.format());
        var course = new SessionPage.Course(
                duration.dividedBy(3).multipliedBy(2),
                totals.average(),
                readings.stream()
                        .flatMap(reading -> reading.power().stream())
                        .max(java.util.Comparator.comparing(Measured::value)));
        return new SessionPage(
                shell,
                head,
                Optional.empty(),
                live,
                totals,
                facts,
                PAGES.fragment(
                        "sessions/facts.jte", new FactsPart(facts, course, totals, shell.texts(), shell.format())),
                new SessionPage.Cost(
                        cost.sum(),
                        PAGES.fragment(
                                "sessions/cost.jte",
                                new CostPart(cost, false, Optional.empty(), shell.texts(), shell.format()))),
                PAGES.fragment("sessions/timeline.jte", timeline),
                new SessionPage.Siblings(Optional.of(head.id() - 1), Optional.of(head.id() + 1)));
    }

    private static TimelineView timeline(List<Reading> readings, Format format) {
        var points = new ArrayList<CurveChart.Point>();
        points.add(new CurveChart.Point(START, Optional.empty(), Energy.ZERO));
        readings.forEach(reading -> points.add(new CurveChart.Point(
                reading.measuredAt(),
                reading.power().map(Measured::value),
                reading.energy().total())));
        var shown = new RowWindow(Optional.empty(), TimelineView.FEW).of(readings.size());
        return new TimelineView(
                readings.subList(shown.from(), shown.to()).reversed(),
                shown,
                readings.size() < 2 ? Optional.empty() : CurveChart.of(points, format));
    }

    private static Facts facts(Optional<ChargerView> charger, Optional<Instant> end, Optional<String> reason) {
        return new Facts(
                charger,
                Optional.of(FOB),
                START,
                end,
                Optional.of(Energy.ofWattHours(10_482_310)),
                end.map(it -> Energy.ofWattHours(10_490_746)),
                reason);
    }

    private static Function<Shell, CostView> cost(
            Coverage coverage, String amount, boolean estimate, List<CostLine> lines) {
        return shell -> {
            var views = new CostLineWords(shell.texts(), shell.format(), PlanNames.NONE).of(lines);
            var money = amount.isEmpty()
                    ? Optional.<Money>empty()
                    : views.stream()
                            .map(CostLineView::amount)
                            .reduce(Money::plus)
                            .or(() -> Optional.of(euro(amount)));
            return new CostView(
                    new CostView.Sum(money.map(List::of).orElse(List.of()), coverage, estimate),
                    views,
                    lines.stream().anyMatch(line -> line.name().isPresent()),
                    List.of(),
                    coverage == Coverage.UNKNOWN
                            ? List.of(shell.texts()
                                    .get("cost.gap.beforePlan", shell.format().date(START)))
                            : List.of(),
                    List.of());
        };
    }

    private static CostLine line(String band, String price, Energy energy) {
        return line("Home", Band.parse(band), energy, price, "0");
    }

    private static CostLine line(String plan, Band band, Energy energy, String price, String flat) {
        return line(plan, band, energy, price, flat, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static CostLine line(
            String plan,
            Band band,
            Energy energy,
            String price,
            String flat,
            Optional<String> name,
            Optional<Interval> hours,
            Optional<CostLine.Fee> fee) {
        var unit = new BigDecimal(price);
        var quantity = fee.map(CostLine.Fee::quantity).orElse(energy.kilowattHours());
        return new CostLine(
                OCTOBER_SPAN,
                plan,
                band,
                energy,
                unit,
                new BigDecimal(flat),
                unit.multiply(quantity).add(new BigDecimal(flat)),
                euro("0").currency(),
                name,
                hours,
                fee);
    }

    private static CostLine fee(BillableMetric metric, String quantity, String price, int grace, int cap) {
        return line(
                "Home",
                Band.USAGE,
                Energy.ZERO,
                price,
                "0",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CostLine.Fee(
                        metric,
                        new BigDecimal(quantity),
                        Duration.ofMinutes(grace),
                        cap == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(cap)))));
    }

    /** A session over the start of the night, with a fee for the time after it was full. */
    public static SessionPage timeOfUse(Shell shell) {
        var readings = readings(60, Duration.ofMinutes(1), 11_020, false);
        var total = readings.getLast().energy().total();
        var night = Energy.ofWattHours(6_120);
        return page(
                shell,
                new SessionHead(4721, Status.IN_PROGRESS, Optional.of(Note.IDLE), true, Optional.of(START)),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.empty(), Optional.empty()),
                cost(
                        Coverage.BILLED,
                        "2",
                        true,
                        List.of(
                                line("Home", Band.USAGE, total.minus(night), "0.31", "0"),
                                line(
                                        "Home",
                                        Band.USAGE,
                                        night,
                                        "0.19",
                                        "0",
                                        Optional.of("Night"),
                                        Optional.empty(),
                                        Optional.empty()),
                                fee(BillableMetric.SESSIONS, "1", "0.50", 0, 0),
                                fee(BillableMetric.IDLE_MINUTES, "62", "0.05", 15, 120))));
    }

    /** A session of ten hours under quarter-hourly market prices. */
    public static SessionPage marketPrices(Shell shell) {
        var readings = readings(100, Duration.ofMinutes(6), 7_300, false);
        var lines = new ArrayList<CostLine>();
        for (int quarter = 0; quarter < 40; quarter++) {
            var from = START.plus(Duration.ofMinutes(15L * quarter));
            lines.add(line(
                    "Home",
                    Band.USAGE,
                    Energy.ofWattHours(1_750 + quarter),
                    "0." + (19 + quarter % 7) + "1",
                    "0",
                    Optional.of("Day-ahead"),
                    Optional.of(new Interval(from, from.plus(Duration.ofMinutes(15)))),
                    Optional.empty()));
        }
        lines.add(fee(BillableMetric.IDLE_MINUTES, "120", "0.05", 15, 120));
        return page(
                shell,
                new SessionHead(4722, Status.COMPLETED, Optional.empty(), false, Optional.of(START)),
                Optional.empty(),
                readings,
                facts(Optional.of(GARAGE), Optional.of(readings.getLast().measuredAt()), Optional.of("Local")),
                cost(Coverage.BILLED, "20", true, lines));
    }

    /** A ramp, a plateau with a dip, and a final taper. */
    private static List<Reading> readings(int count, Duration every, long plateauWatts, boolean derived) {
        var readings = new ArrayList<Reading>();
        var total = Energy.ZERO;
        for (int i = 0; i < count; i++) {
            double place = (double) i / count;
            double shape = Math.min(1, 0.35 + place * 9) * (place > 0.82 ? 1 - (place - 0.82) * 3.2 : 1);
            double dip = place > 0.44 && place < 0.52 ? 0.55 : 1;
            long watts = Math.round(plateauWatts * shape * dip * (1 + 0.012 * Math.sin(i * 1.7)));
            var added = Energy.ofWattHours(BigDecimal.valueOf(watts)
                    .multiply(BigDecimal.valueOf(every.toSeconds()))
                    .divide(BigDecimal.valueOf(3600), 0, java.math.RoundingMode.HALF_UP));
            total = total.plus(added);
            readings.add(new Reading(
                    i,
                    START.plus(every.multipliedBy(i + 1)),
                    new Step(added, total),
                    Optional.of(new Measured(Power.ofWatts(watts), derived)),
                    derived ? Optional.empty() : Optional.of(Math.min(100, 38 + (int) (place * 46))),
                    Optional.of(euro(added.kilowattHours()
                            .multiply(new BigDecimal("0.32"))
                            .toPlainString())),
                    List.of()));
        }
        return List.copyOf(readings);
    }

    private static Reading withFlags(Reading it, List<String> flags) {
        return new Reading(it.position(), it.measuredAt(), it.energy(), it.power(), it.soc(), it.cost(), flags);
    }
}
