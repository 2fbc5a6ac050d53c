package express.polaris.portal.sessions;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.portal.ActiveSessions;
import express.polaris.portal.ChargerAvailability;
import express.polaris.portal.PortalPages;
import express.polaris.sessions.SessionCursor;
import express.polaris.web.Query;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** List of a driver's sessions. Unknown or invalid parameters do not narrow the list. */
@Controller
class SessionListController {

    private final SessionListBuilder lists;
    private final ActiveSessions activeSessions;
    private final ChargerAvailability availability;
    private final PortalPages pages;
    private final Clock clock;

    SessionListController(
            SessionListBuilder lists,
            ActiveSessions activeSessions,
            ChargerAvailability availability,
            PortalPages pages,
            Clock clock) {
        this.lists = lists;
        this.activeSessions = activeSessions;
        this.availability = availability;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/sessions")
    ResponseEntity<byte[]> list(
            @RequestParam Map<String, String> parameters, @SignedInAccount Account account, CsrfToken csrf) {
        var now = clock.instant();
        var active = activeSessions.of(account.id());
        var shell = pages.shell(account, csrf, "nav.sessions", active.sessions());
        var query = new Query(parameters);
        var filter = filter(query);
        var wanted = new SessionListBuilder.Wanted(
                account.id(),
                active.version(),
                availability.known(),
                filter,
                shell.format(),
                LocalDate.ofInstant(now, account.timeZone()));
        var overview = lists.overview(wanted);
        var slice = lists.slice(wanted, query.text("cursor").flatMap(SessionCursor::parse), shell.texts());
        var page = new SessionListPage(
                shell,
                now,
                filter,
                overview.choices(),
                slice.rows().stream().map(row -> row.at(now)).toList(),
                overview.totals(),
                slice.next().map(SessionCursor::encoded));
        return pages.render("sessions/list.jte", page);
    }

    private static SessionListPage.Filter filter(Query query) {
        return new SessionListPage.Filter(
                query.text("status").flatMap(SessionListController::status),
                query.date("from"),
                query.date("to"),
                query.text("cardId"),
                query.text("chargeBoxId"));
    }

    private static Optional<SessionHead.Status> status(String text) {
        return List.of(SessionHead.Status.values()).stream()
                .filter(status -> status.css().equals(text))
                .findFirst();
    }
}
