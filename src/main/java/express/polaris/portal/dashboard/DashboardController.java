package express.polaris.portal.dashboard;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.portal.ActiveSessions;
import express.polaris.portal.ChargerAvailability;
import express.polaris.portal.PortalPages;
import express.polaris.portal.StopButton;
import express.polaris.portal.sessions.SessionViewBuilder;
import express.polaris.sessions.ChargingSession;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** A driver's home page. */
@Controller
class DashboardController {

    private final DashboardParts parts;
    private final SessionViewBuilder views;
    private final SessionCostService costs;
    private final StopButton stopButton;
    private final ActiveSessions activeSessions;
    private final ChargerAvailability availability;
    private final PortalPages pages;
    private final Clock clock;

    DashboardController(
            DashboardParts parts,
            SessionViewBuilder views,
            SessionCostService costs,
            StopButton stopButton,
            ActiveSessions activeSessions,
            ChargerAvailability availability,
            PortalPages pages,
            Clock clock) {
        this.parts = parts;
        this.views = views;
        this.costs = costs;
        this.stopButton = stopButton;
        this.activeSessions = activeSessions;
        this.availability = availability;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page(@SignedInAccount Account account, CsrfToken csrf) {
        var now = clock.instant();
        var active = activeSessions.of(account.id());
        // No banner: the tiles already show the live sessions.
        var shell = pages.shell(account, csrf, "nav.dashboard", List.of());
        var today = LocalDate.ofInstant(now, account.timeZone());
        var wanted =
                new DashboardParts.Wanted(account.id(), active.version(), availability.known(), shell.format(), today);
        var known = parts.of(wanted, active.sessions(), shell.texts());
        var page = new DashboardPage(
                shell,
                now,
                active.sessions().stream()
                        .map(session -> tile(session, account.id(), known, now))
                        .toList(),
                known.period(),
                known.recent().stream().map(row -> row.at(now)).toList(),
                known.invoices(),
                known.chargers(),
                !known.cards().isEmpty());
        return pages.render("dashboard/dashboard.jte", page);
    }

    private DashboardPage.Tile tile(ChargingSession session, AccountId driver, DashboardParts.Kept known, Instant now) {
        var charger = views.charger(session);
        var cost = Objects.requireNonNullElseGet(known.costs().get(session.id()), costs::unknown);
        return new DashboardPage.Tile(
                SessionHead.of(session, now),
                charger,
                session.card().flatMap(card -> Optional.ofNullable(known.cards().get(card))),
                views.power(session),
                charger.limit(),
                new DashboardPage.Progress(session.startedAt(), now, session.energy(), views.soc(session)),
                views.sum(cost),
                stopButton.isOffered(session, driver));
    }
}
