package express.polaris.portal;

import express.polaris.portal.CostView.Coverage;
import express.polaris.portal.SessionHead.Note;
import express.polaris.portal.SessionHead.Status;
import express.polaris.portal.SessionPage.Facts;
import express.polaris.portal.SessionPage.LiveCard;
import express.polaris.portal.SessionPage.Totals;
import express.polaris.portal.TimelineView.Measured;
import express.polaris.portal.TimelineView.Reading;
import express.polaris.portal.TimelineView.Step;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.CurveChart;
import express.polaris.web.Format;
import express.polaris.web.Fragment;
import express.polaris.web.Navigation;
import express.polaris.web.Pages;
import express.polaris.web.Shell;
import express.polaris.web.Shell.Banners;
import express.polaris.web.Shell.Csrf;
import express.polaris.web.Shell.Notice;
import express.polaris.web.Shell.Tone;
import express.polaris.web.Shell.Viewer;
import express.polaris.web.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pages as they can occur, ordinary and extreme, by name. */
final class PageFixtures {

    static final Instant START = Instant.parse("2026-10-05T15:02:11Z");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ChargerView GARAGE = new ChargerView(
            "CP5",
            Optional.of("Garage left"),
            Optional.of("K7QX"),
            1,
            Optional.of("type2"),
            Optional.of(Power.ofWatts(11_000)));
    private static final ChargerView ENDLESS = new ChargerView(
            "DE*POL*E00000000000000000000000000000000000000000001234567890",
            Optional.of("Tiefgarage Untergeschoss 3 neben der Donaudampfschifffahrtsgesellschaftskapitänskajüte"),
            Optional.of("PARKHAUS-NORD-000417"),
            12,
            Optional.of("ccs2"),
            Optional.of(Power.ofWatts(350_000)));
    private static final Pages PAGES = new Pages();
    private static final CardView FOB = new CardView("Blue fob", "blue");

    /** A page and the template that shows it. */
    record Sample(String template, Object page) {}

    private PageFixtures() {}

    static Map<String, Sample> all() {
        var samples = new LinkedHashMap<String, Sample>();
        samples.put("sign-in", new Sample("signin/signin.jte", signIn(Locale.ENGLISH, Optional.empty(), List.of())));
        samples.put(
                "sign-in-refused-demo",
                new Sample(
                        "signin/signin.jte",
                        signIn(
                                Locale.GERMAN,
                                Optional.of(new Notice(Tone.DANGER, "E-Mail oder Passwort stimmt nicht.")),
                                List.of(
                                        new SignInPage.DemoAccount("Dana Fahrer", false, "driver@demo.example", "demo"),
                                        new SignInPage.DemoAccount(
                                                "Otto Betreiber", true, "operator@demo.example", "demo")))));
        for (var kind : express.polaris.web.ErrorPage.Kind.values()) {
            samples.put(
                    "error-" + kind.name().toLowerCase(Locale.ROOT),
                    new Sample("error/error.jte", new express.polaris.web.ErrorPage(Texts.of(Locale.ENGLISH), kind)));
        }
        session(samples, "session-charging", charging(driver(Locale.ENGLISH)));
        session(samples, "session-charging-de", charging(driver(Locale.GERMANY)));
        session(samples, "session-idle", idle());
        session(samples, "session-silent", silent());
        session(samples, "session-just-started", justStarted());
        session(samples, "session-awaiting-final", awaitingFinal());
        session(samples, "session-billed", billed(driver(Locale.ENGLISH)));
        session(samples, "session-included", included());
        session(samples, "session-unknown-cost", unknownCost());
        session(samples, "session-zero", zero());
        session(samples, "session-huge", huge());
        session(samples, "session-corrected", corrected());
        session(samples, "session-500-readings", manyReadings());
        session(samples, "session-operator", billed(operator()));
        samples.put("list", new Sample("sessions/list.jte", list(driver(Locale.ENGLISH), SessionListPage.Filter.NONE)));
        samples.put(
                "list-de",
                new Sample(
                        "sessions/list.jte",
                        list(
                                driver(Locale.GERMANY),
                                new SessionListPage.Filter(
                                        Optional.empty(),
                                        Optional.of(LocalDate.of(2026, 9, 1)),
                                        Optional.empty(),
                                        Optional.of("3"),
                                        Optional.empty()))));
        samples.put("list-empty", new Sample("sessions/list.jte", emptyList(SessionListPage.Filter.NONE)));
        samples.put(
                "list-no-match",
                new Sample(
                        "sessions/list.jte",
                        emptyList(SessionListPage.Filter.NONE.with(Optional.of(Status.IN_PROGRESS)))));
        InvoiceFixtures.addTo(samples);
        DashboardFixtures.addTo(samples);
        return samples;
    }

    private static void session(Map<String, Sample> samples, String name, SessionPage page) {
        samples.put(name, new Sample("sessions/session.jte", page));
    }

    static Shell driver(Locale locale) {
        return new Shell(
                Texts.of(locale),
                new Format(locale, BERLIN),
                Optional.of(new Viewer("Dana Lindqvist", "dana@example.org", false)),
                Navigation.portal("nav.sessions"),
                Optional.of(new Csrf("_csrf", "X-CSRF-TOKEN", "token")),
                new Banners(true, Optional.empty(), Optional.empty()));
    }

    private static Shell operator() {
        return new Shell(
                Texts.of(Locale.UK),
                new Format(Locale.UK, ZoneId.of("Europe/London")),
                Optional.of(new Viewer("Bartholomew Featherstonehaugh-Cholmondeley", "b@example.org", true)),
                Navigation.portal("nav.sessions"),
                Optional.of(new Csrf("_csrf", "X-CSRF-TOKEN", "token")),
                new Banners(
                        false,
                        Optional.of("Dana Lindqvist"),
                        Optional.of(new Notice(Tone.SUCCESS, "The charger accepted the stop."))));
    }

    private static SignInPage signIn(Locale locale, Optional<Notice> notice, List<SignInPage.DemoAccount> accounts) {
        var shell = new Shell(
                Texts.of(locale),
                new Format(locale, BERLIN),
                Optional.empty(),
                Navigation.none(),
                Optional.of(new Csrf("_csrf", "X-CSRF-TOKEN", "token")),
                new Banners(!accounts.isEmpty(), Optional.empty(), notice));
        return new SignInPage(shell, "", accounts.isEmpty(), Optional.of("https://portal.polaris.example"), accounts);
    }

    static SessionPage charging(Shell shell) {
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

    static SessionPage completed(Shell shell) {
        return billed(shell);
    }

    private static SessionPage idle() {
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

    private static SessionPage silent() {
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

    private static SessionPage justStarted() {
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4714, Status.IN_PROGRESS, Optional.empty(), true, Optional.empty()),
                Optional.of(new LiveCard(
                        Optional.empty(), Optional.empty(), Optional.of(ENDLESS), true, START.plusSeconds(8))),
                List.of(),
                facts(Optional.of(ENDLESS), Optional.empty(), Optional.empty()),
                cost(Coverage.INCLUDED, "0", true, List.of()));
    }

    private static SessionPage awaitingFinal() {
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

    private static SessionPage billed(Shell shell) {
        var readings = readings(92, Duration.ofSeconds(30), 11_020, false);
        var first = line("0–100", "0.32", Energy.ofWattHours(4_210));
        var second = line("100–", "0.28", readings.getLast().energy().total().minus(Energy.ofWattHours(4_210)));
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
                        new CostView.Sum(Optional.of(first.amount().plus(second.amount())), Coverage.BILLED, false),
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

    private static SessionPage included() {
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

    private static SessionPage unknownCost() {
        var readings = readings(2, Duration.ofMinutes(20), 3_600, true);
        return page(
                driver(Locale.ENGLISH),
                new SessionHead(4717, Status.COMPLETED, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                readings,
                facts(Optional.empty(), Optional.of(readings.getLast().measuredAt()), Optional.empty()),
                cost(Coverage.UNKNOWN, "", false, List.of(line("0–100", "0.32", Energy.ofWattHours(1_200)))));
    }

    private static SessionPage zero() {
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

    private static SessionPage huge() {
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
                                new CostView.Line(
                                        new CostView.Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31)),
                                        "Quarterly volume plan with an unusually long name for a plan",
                                        "1000000–",
                                        Energy.ofKilowattHours("9999.123"),
                                        new BigDecimal("0.28"),
                                        euro("-20000"),
                                        euro("-17200.24556")))));
    }

    private static SessionPage corrected() {
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

    private static SessionPage manyReadings() {
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
                live,
                totals,
                facts,
                PAGES.fragment(
                        "sessions/facts.jte", new FactsPart(facts, course, totals, shell.texts(), shell.format())),
                new SessionPage.Cost(
                        cost.sum(),
                        PAGES.fragment("sessions/cost.jte", new CostPart(cost, shell.texts(), shell.format()))),
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
        int from = Math.max(0, readings.size() - TimelineView.SHOWN_AT_FIRST);
        return new TimelineView(
                readings.subList(from, readings.size()).reversed(),
                readings.size(),
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
        return new CostView(new CostView.Sum(money, coverage, estimate), lines, List.of(), List.of());
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

    static Money euro(String amount) {
        return new Money(new BigDecimal(amount), EUR);
    }

    /** A ramp up, a plateau with a dip, a taper at the end. */
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

    private static SessionListPage emptyList(SessionListPage.Filter filter) {
        return new SessionListPage(
                driver(Locale.ENGLISH),
                START,
                filter,
                SessionListPage.Choices.NONE,
                List.of(),
                new SessionListPage.Totals(0, Energy.ZERO, List.of(), true),
                Optional.empty());
    }

    private static SessionListPage list(Shell shell, SessionListPage.Filter filter) {
        var now = START.plusSeconds(2742);
        var rows = new ArrayList<SessionListPage.Row>();
        rows.add(row(4711, Status.IN_PROGRESS, Optional.of(Note.CHARGING), 0, 2742, "7.714", 9_480, Coverage.BILLED));
        rows.add(row(4709, Status.IN_PROGRESS, Optional.of(Note.SILENT), 5, 16_000, "12.1", 0, Coverage.UNKNOWN));
        rows.add(row(
                4703,
                Status.IN_PROGRESS,
                Optional.of(Note.AWAITING_FINAL_READING),
                9,
                9_120,
                "21.4",
                8_447,
                Coverage.BILLED));
        var coverages = List.of(Coverage.BILLED, Coverage.INCLUDED, Coverage.BILLED, Coverage.BILLED, Coverage.UNKNOWN);
        for (int i = 0; i < 14; i++) {
            rows.add(row(
                    4690 - 3L * i,
                    Status.COMPLETED,
                    Optional.empty(),
                    26 + 31 * i,
                    2_000 + 1_731L * i,
                    String.valueOf(4 + (i * 7) % 41) + ".317",
                    i == 4 ? 49_900 : 3_400 + 590L * i,
                    coverages.get(i % coverages.size())));
        }
        return new SessionListPage(
                shell,
                now,
                filter,
                new SessionListPage.Choices(
                        new SessionListPage.Statuses(3, 139),
                        List.of(
                                new SessionListPage.Preset("all", SessionListPage.Filter.NONE, 142),
                                new SessionListPage.Preset("month", october(), 9),
                                new SessionListPage.Preset("period", october(), 9),
                                new SessionListPage.Preset("year", october(), 88)),
                        List.of(
                                new SessionListPage.Choice("3", "Blue fob", 140),
                                new SessionListPage.Choice("4", "Spare", 2)),
                        List.of(new SessionListPage.Choice("CP5", "Garage left", 142))),
                rows.stream().map(row -> written(row, shell)).toList(),
                new SessionListPage.Totals(142, Energy.ofKilowattHours("2841.337"), List.of(euro("812.4449")), false),
                Optional.of("eyJpZCI6NDY5MH0"));
    }

    static Fragment written(SessionListPage.Row row, Shell shell) {
        return PAGES.fragment("sessions/row.jte", new SessionListPage.RowPart(row, shell.texts(), shell.format()));
    }

    private static SessionListPage.Filter october() {
        return SessionListPage.Filter.NONE.between(
                Optional.of(LocalDate.of(2026, 10, 1)), Optional.of(LocalDate.of(2026, 10, 31)));
    }

    static SessionListPage.Row row(
            long id,
            Status status,
            Optional<Note> note,
            long hoursAgo,
            long seconds,
            String kilowattHours,
            long watts,
            Coverage coverage) {
        boolean live = status == Status.IN_PROGRESS && !note.equals(Optional.of(Note.AWAITING_FINAL_READING));
        var started = START.minus(Duration.ofHours(hoursAgo));
        var energy = Energy.ofKilowattHours(kilowattHours);
        var amount = switch (coverage) {
            case INCLUDED -> Optional.of(euro("0"));
            case BILLED ->
                Optional.of(euro(
                        energy.kilowattHours().multiply(new BigDecimal("0.32")).toPlainString()));
            case UNKNOWN -> Optional.<Money>empty();
        };
        return new SessionListPage.Row(
                new SessionHead(id, status, note, live, Optional.of(started.plusSeconds(seconds))),
                new SessionListPage.Span(started, Duration.ofSeconds(seconds)),
                id == 4709 ? Optional.empty() : Optional.of(id % 2 == 0 ? ENDLESS.displayName() : GARAGE.displayName()),
                Optional.of(id % 4 == 0 ? new CardView("Company card with a long name", "amber") : FOB),
                energy,
                Optional.of(Power.ofWatts(watts)),
                new CostView.Sum(amount, coverage, live));
    }
}
