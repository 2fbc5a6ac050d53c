package express.polaris.portal;

import express.polaris.billing.groups.GroupDiscount;
import express.polaris.documents.Format;
import express.polaris.documents.Templates;
import express.polaris.documents.Texts;
import express.polaris.portal.CostView.Coverage;
import express.polaris.portal.PageFixtures.Sample;
import express.polaris.portal.dashboard.DashboardPage;
import express.polaris.portal.dashboard.DashboardPage.PeriodPart;
import express.polaris.portal.dashboard.DashboardPage.Place;
import express.polaris.portal.dashboard.DashboardPage.Tile;
import express.polaris.portal.invoices.InvoiceFixtures;
import express.polaris.portal.sessions.SessionListPage;
import express.polaris.portal.sessions.StatementPage;
import express.polaris.units.Energy;
import express.polaris.units.Interval;
import express.polaris.units.Power;
import express.polaris.web.BarChart;
import express.polaris.web.Fragment;
import express.polaris.web.Pages;
import express.polaris.web.Shell;
import express.polaris.web.views.CostLineView;
import express.polaris.web.views.SessionHead;
import express.polaris.web.views.SessionHead.Note;
import express.polaris.web.views.SessionHead.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sample dashboards, statements and banners. */
final class DashboardFixtures {

    private static final Pages PAGES = new Pages(new Templates());
    private static final LocalDate TODAY = LocalDate.of(2026, 10, 5);
    private static final Instant NOW = PageFixtures.START.plusSeconds(2742);

    private DashboardFixtures() {}

    static void addTo(Map<String, Sample> samples) {
        for (var locale : List.of(Locale.ENGLISH, Locale.GERMANY)) {
            var suffix = locale.equals(Locale.ENGLISH) ? "" : "-de";
            var shell = PageFixtures.driver(locale);
            samples.put("dashboard" + suffix, new Sample("dashboard/dashboard.jte", ordinary(shell)));
            samples.put("statement" + suffix, new Sample("sessions/statement.jte", statement(charging(shell))));
        }
        samples.put(
                "dashboard-new", new Sample("dashboard/dashboard.jte", unused(PageFixtures.driver(Locale.ENGLISH))));
        samples.put(
                "statement-empty",
                new Sample(
                        "sessions/statement.jte",
                        new StatementPage(
                                PageFixtures.driver(Locale.ENGLISH),
                                YearMonth.of(2026, 9),
                                NOW,
                                true,
                                List.of(),
                                new StatementPage.Group(0, Energy.ZERO, Energy.ZERO, List.of(), true),
                                List.of(),
                                List.of(),
                                List.of(),
                                true)));
    }

    /** The same shell with a live session in the banner. */
    static Shell charging(Shell shell) {
        return new Shell(
                shell.texts(),
                shell.format(),
                shell.viewer(),
                shell.navigation(),
                shell.csrf(),
                new Shell.Banners(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                new Shell.Charging(
                                        4711,
                                        "/sessions/4711",
                                        "Garage left",
                                        Optional.of(Power.ofWatts(11_020)),
                                        Energy.ofKilowattHours("7.714"),
                                        true),
                                new Shell.Charging(
                                        4712,
                                        "/sessions/4712",
                                        "Tiefgarage Untergeschoss 3 neben der Donaudampfschifffahrtsgesellschaft",
                                        Optional.empty(),
                                        Energy.ZERO,
                                        false)),
                        "/invoices"));
    }

    private static DashboardPage ordinary(Shell shell) {
        var texts = shell.texts();
        var format = shell.format();
        var rows = new ArrayList<Fragment>();
        rows.add(SessionListFixtures.written(
                SessionListFixtures.row(
                        4711, Status.IN_PROGRESS, Optional.of(Note.CHARGING), 0, 2742, "7.714", 9_480, Coverage.BILLED),
                shell));
        rows.add(SessionListFixtures.written(
                SessionListFixtures.row(
                        4700, Status.COMPLETED, Optional.empty(), 26, 9_000, "21.4", 8_000, Coverage.INCLUDED),
                shell));
        return new DashboardPage(
                shell,
                NOW,
                List.of(
                        tile(4711, Note.CHARGING, Optional.of(Power.ofWatts(11_020)), Coverage.BILLED),
                        tile(4712, Note.SILENT, Optional.empty(), Coverage.UNKNOWN)),
                PAGES.fragment("dashboard/period.jte", period(texts, format)),
                rows,
                PAGES.fragment(
                        "dashboard/invoices.jte",
                        new DashboardPage.InvoicesPart(
                                Optional.of(LocalDate.of(2026, 10, 31)),
                                Optional.of(PageFixtures.euro("37.2")),
                                Optional.of(new GroupDiscount("Hausgemeinschaft", new BigDecimal("7.5"))),
                                Optional.of(InvoiceFixtures.ordinary(texts)),
                                TODAY,
                                texts,
                                format)),
                PAGES.fragment(
                        "dashboard/chargers.jte",
                        new DashboardPage.ChargersPart(
                                List.of(
                                        new Place("Garage left", "Harbour Street 4", true),
                                        new Place("CP-00000000000000000000000000000000000017", "", false)),
                                3,
                                texts)),
                true);
    }

    /** The dashboard of a driver without a card, plan or session. */
    private static DashboardPage unused(Shell shell) {
        var texts = shell.texts();
        var format = shell.format();
        return new DashboardPage(
                shell,
                NOW,
                List.of(),
                PAGES.fragment(
                        "dashboard/period.jte",
                        new PeriodPart(
                                Optional.empty(),
                                LocalDate.of(2026, 10, 1),
                                LocalDate.of(2026, 10, 31),
                                Energy.ZERO,
                                Energy.ZERO,
                                new CostView.Sum(List.of(), Coverage.UNKNOWN, true),
                                List.of(),
                                List.of(),
                                chart(format, 0),
                                texts,
                                format)),
                List.of(),
                PAGES.fragment(
                        "dashboard/invoices.jte",
                        new DashboardPage.InvoicesPart(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                TODAY,
                                texts,
                                format)),
                PAGES.fragment("dashboard/chargers.jte", new DashboardPage.ChargersPart(List.of(), 0, texts)),
                false);
    }

    private static Tile tile(long id, Note note, Optional<Power> power, Coverage coverage) {
        return new Tile(
                new SessionHead(id, Status.IN_PROGRESS, Optional.of(note), true, Optional.of(NOW)),
                new ChargerView(
                        "CP5",
                        Optional.of(
                                id == 4711
                                        ? "Garage left"
                                        : "Tiefgarage Untergeschoss 3 neben der Donaudampfschifffahrtsgesellschaft"),
                        Optional.of("K7QX"),
                        1,
                        Optional.of("type2"),
                        Optional.of(Power.ofWatts(11_000))),
                Optional.of(new CardView("Blue fob", "blue")),
                power.map(value -> new TimelineView.Measured(value, false)),
                Optional.of(Power.ofWatts(11_000)),
                new DashboardPage.Progress(PageFixtures.START, NOW, Energy.ofKilowattHours("7.714"), Optional.of(64)),
                new CostView.Sum(
                        coverage == Coverage.UNKNOWN ? List.of() : List.of(PageFixtures.euro("2.47")), coverage, true),
                true);
    }

    private static PeriodPart period(Texts texts, Format format) {
        return new PeriodPart(
                Optional.of(new DashboardPage.Subscribed(
                        "Home",
                        PageFixtures.euro("5"),
                        Optional.of(Energy.ofKilowattHours("57.7")),
                        Optional.of(Energy.ofKilowattHours("12.3")),
                        false)),
                LocalDate.of(2026, 10, 1),
                LocalDate.of(2026, 10, 31),
                Energy.ofKilowattHours("142.3"),
                Energy.ofKilowattHours("5019.34"),
                new CostView.Sum(List.of(PageFixtures.euro("32.2")), Coverage.BILLED, true),
                List.of(
                        new DashboardPage.TierBar(
                                "0–100 kWh",
                                Energy.ofKilowattHours("100"),
                                "€0.25 per kWh",
                                PageFixtures.euro("25"),
                                Optional.of("100"),
                                false),
                        new DashboardPage.TierBar(
                                "above 100 kWh",
                                Energy.ofKilowattHours("42.3"),
                                "€0.17 per kWh",
                                PageFixtures.euro("7.2"),
                                Optional.empty(),
                                true)),
                List.of(new DashboardPage.FeeRow("Idle", "62 min idle × €0.05", PageFixtures.euro("3.1"))),
                chart(format, 5),
                texts,
                format);
    }

    private static BarChart chart(Format format, int days) {
        var values = new ArrayList<BarChart.Value>();
        for (int day = 1; day <= 31; day++) {
            values.add(new BarChart.Value(
                    day + ".10.",
                    "Day " + day,
                    day <= days ? Energy.ofKilowattHours(String.valueOf(7 * day)) : Energy.ZERO,
                    day > 5,
                    day == 5));
        }
        return BarChart.of(values, format);
    }

    private static StatementPage statement(Shell shell) {
        var rows = new ArrayList<SessionListPage.Row>();
        for (int i = 0; i < 12; i++) {
            rows.add(SessionListFixtures.row(
                    4600 + i,
                    Status.COMPLETED,
                    Optional.empty(),
                    300 - 20L * i,
                    3_000 + 700L * i,
                    i + ".317",
                    3_400,
                    Coverage.values()[i % 3]));
        }
        var sum = new StatementPage.Group(
                12,
                Energy.ofKilowattHours("69.804"),
                Energy.ofKilowattHours("5019.34"),
                List.of(PageFixtures.euro("22.34")),
                false);
        return new StatementPage(
                shell,
                YearMonth.of(2026, 10),
                NOW,
                false,
                rows,
                sum,
                List.of(
                        new StatementPage.CardGroup(Optional.of(new CardView("Blue fob", "blue")), sum),
                        new StatementPage.CardGroup(Optional.empty(), sum)),
                List.of(
                        new StatementPage.CoverageGroup(Coverage.INCLUDED, sum),
                        new StatementPage.CoverageGroup(Coverage.UNKNOWN, sum)),
                List.of(new CostLineView(
                        "home",
                        "Home",
                        List.of("0–100 kWh"),
                        new Interval(NOW, NOW),
                        "69.804 kWh",
                        Optional.of("€0.32"),
                        Optional.of("€0.50"),
                        PageFixtures.euro("22.34"),
                        List.of())),
                false);
    }
}
