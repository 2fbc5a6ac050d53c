package express.polaris.portal.sessions;

import static express.polaris.portal.PageFixtures.ENDLESS;
import static express.polaris.portal.PageFixtures.FOB;
import static express.polaris.portal.PageFixtures.GARAGE;
import static express.polaris.portal.PageFixtures.PAGES;
import static express.polaris.portal.PageFixtures.START;
import static express.polaris.portal.PageFixtures.driver;
import static express.polaris.portal.PageFixtures.euro;

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
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.CurveChart;
import express.polaris.web.RowWindow;
import express.polaris.web.Shell;
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

/** Sample pages of one session. */
public final class SessionFixtures {

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
                        List.of(line("0–100 kWh", "0.32", last.energy().total()))));
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
                        List.of(line("", "0.32", readings.getLast().energy().total()))));
    }

    public static SessionPage billed(Shell shell) {
        var readings = readings(92, Duration.ofSeconds(30), 11_020, false);
        var first = line("0–100 kWh", "0.32", Energy.ofWattHours(4_210));
        var second = line(
                "above 100 kWh", "0.28", readings.getLast().energy().total().minus(Energy.ofWattHours(4_210)));
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
                new CostView(
                        new CostView.Sum(List.of(first.amount().plus(second.amount())), Coverage.BILLED, false),
                        List.of(first, second),
                        List.of(
                                new CostView.Tier(
                                        first.period(),
                                        Energy.ZERO,
                                        Optional.of(Energy.ofKilowattHours("100")),
                                        Energy.ofKilowattHours("94.7"),
                                        first.energy()),
                                new CostView.Tier(
                                        second.period(),
                                        Energy.ofKilowattHours("100"),
                                        Optional.empty(),
                                        Energy.ZERO,
                                        second.energy())),
                        List.of("2026-000017")));
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
                        List.of(line(
                                "0–100 kWh", "0", readings.getLast().energy().total()))));
    }

    public static SessionPage unknownCost() {
        var readings = readings(2, Duration.ofMinutes(20), 3_600, true);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4717, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.empty(), Optional.of(readings.getLast().measuredAt()), Optional.empty()),
                cost(Coverage.UNKNOWN, "", false, List.of(line("0–100 kWh", "0.32", Energy.ofWattHours(1_200)))));
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
                                        "0–1,000,000 kWh",
                                        "8.818181",
                                        readings.getLast().energy().total()),
                                new CostView.Line(
                                        new CostView.Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31)),
                                        "Quarterly volume plan with an unusually long name for a plan",
                                        "1000000–",
                                        Energy.ofKilowattHours("9999.123"),
                                        new BigDecimal("0.28"),
                                        euro("-20000"),
                                        euro("-17200.24556")))));
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
                        List.of(line("", "0.32", readings.getLast().energy().total()))));
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
                        List.of(line("", "0.32", readings.getLast().energy().total()))));
    }

    private static SessionPage page(
            Shell shell,
            SessionHead head,
            Optional<LiveCard> live,
            List<Reading> readings,
            Facts facts,
            CostView cost) {
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
                                new CostPart(cost, Optional.empty(), shell.texts(), shell.format()))),
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

    private static CostView cost(Coverage coverage, String amount, boolean estimate, List<CostView.Line> lines) {
        var money = amount.isEmpty()
                ? Optional.<Money>empty()
                : lines.stream().map(CostView.Line::amount).reduce(Money::plus).or(() -> Optional.of(euro(amount)));
        return new CostView(
                new CostView.Sum(money.map(List::of).orElse(List.of()), coverage, estimate),
                lines,
                List.of(),
                List.of());
    }

    private static CostView.Line line(String band, String price, Energy energy) {
        return new CostView.Line(
                new CostView.Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31)),
                "Home",
                band,
                energy,
                new BigDecimal(price),
                euro("0"),
                euro(energy.kilowattHours().multiply(new BigDecimal(price)).toPlainString()));
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
