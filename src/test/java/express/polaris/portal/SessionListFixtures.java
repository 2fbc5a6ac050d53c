package express.polaris.portal;

import static express.polaris.portal.PageFixtures.ENDLESS;
import static express.polaris.portal.PageFixtures.FOB;
import static express.polaris.portal.PageFixtures.GARAGE;
import static express.polaris.portal.PageFixtures.PAGES;
import static express.polaris.portal.PageFixtures.START;
import static express.polaris.portal.PageFixtures.driver;
import static express.polaris.portal.PageFixtures.euro;

import express.polaris.portal.CostView.Coverage;
import express.polaris.portal.sessions.SessionListPage;
import express.polaris.units.Energy;
import express.polaris.units.Money;
import express.polaris.units.Power;
import express.polaris.web.Fragment;
import express.polaris.web.Shell;
import express.polaris.web.views.SessionHead;
import express.polaris.web.views.SessionHead.Note;
import express.polaris.web.views.SessionHead.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sample session lists. */
final class SessionListFixtures {

    private SessionListFixtures() {}

    static SessionListPage empty(SessionListPage.Filter filter) {
        return new SessionListPage(
                driver(Locale.ENGLISH),
                START,
                filter,
                SessionListPage.Choices.NONE,
                List.of(),
                new SessionListPage.Totals(0, Energy.ZERO, Energy.ZERO, List.of(), true),
                Optional.empty());
    }

    static SessionListPage list(Shell shell, SessionListPage.Filter filter) {
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
                new SessionListPage.Totals(
                        142,
                        Energy.ofKilowattHours("2841.337"),
                        Energy.ofKilowattHours("5019.34"),
                        List.of(euro("812.4449")),
                        false),
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
                new CostView.Sum(amount.map(List::of).orElse(List.of()), coverage, live));
    }
}
