package express.polaris.portal.dashboard;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.portal.PageKit;
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
    private final PageKit kit;
    private final Clock clock;

    DashboardController(
            DashboardParts parts,
            SessionViewBuilder views,
            SessionCostService costs,
            StopButton stopButton,
            PageKit kit,
            Clock clock) {
        this.parts = parts;
        this.views = views;
        this.costs = costs;
        this.stopButton = stopButton;
        this.kit = kit;
        this.clock = clock;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page(@SignedInAccount Account account, CsrfToken csrf) {
        var now = clock.instant();
        var underway = kit.underway().of(account.id());
        // No banner: the tiles already show the live sessions.
        var shell = kit.shells().of(account, csrf, "nav.dashboard", Optional.empty(), List.of());
        var today = LocalDate.ofInstant(now, account.timeZone());
        var wanted = new DashboardParts.Wanted(
                account.id(), underway.version(), kit.places().known(), shell.format(), today);
        var known = parts.of(wanted, underway.sessions(), shell.texts());
        var page = new DashboardPage(
                shell,
                now,
                underway.sessions().stream()
                        .map(session -> tile(session, account.id(), known, now))
                        .toList(),
                known.period(),
                known.recent().stream().map(row -> row.at(now)).toList(),
                known.invoices(),
                known.chargers(),
                !known.cards().isEmpty());
        return kit.pages().render("dashboard/dashboard.jte", page);
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
