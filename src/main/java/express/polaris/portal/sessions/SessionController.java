package express.polaris.portal.sessions;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.database.Snapshot;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.ActiveSessions;
import express.polaris.portal.PortalPages;
import express.polaris.portal.ReturnPath;
import express.polaris.portal.StopButton;
import express.polaris.portal.TimelineView;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.chargers.LiveLocation;
import express.polaris.web.AfterForm;
import express.polaris.web.RowWindow;
import express.polaris.web.Shell;
import express.polaris.web.WithoutSnapshot;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One session: its page and its stop button. */
@Controller
class SessionController {

    private final SessionService sessions;
    private final SessionDetails details;
    private final SessionViewBuilder views;
    private final LiveLocation identity;
    private final StopButton stopButton;
    private final ActiveSessions activeSessions;
    private final PortalPages pages;
    private final Snapshot snapshot;
    private final Clock clock;

    SessionController(
            SessionService sessions,
            SessionDetails details,
            SessionViewBuilder views,
            LiveLocation identity,
            StopButton stopButton,
            ActiveSessions activeSessions,
            PortalPages pages,
            Snapshot snapshot,
            Clock clock) {
        this.sessions = sessions;
        this.details = details;
        this.views = views;
        this.identity = identity;
        this.stopButton = stopButton;
        this.activeSessions = activeSessions;
        this.pages = pages;
        this.snapshot = snapshot;
        this.clock = clock;
    }

    @WithoutSnapshot
    @GetMapping("/sessions/{id}")
    ResponseEntity<byte[]> page(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String readings,
            @RequestParam(defaultValue = "") String note,
            @SignedInAccount Account account,
            CsrfToken csrf) {
        var read = snapshot.of(() -> read(owned(id, account), readings, note, account, csrf));
        var session = read.session();
        // May ask SteVe, so it holds no connection.
        boolean isConfirmed =
                !session.isLive() || identity.isConfirmed(session.id().value(), session.lastReadAt());
        return pages.render(
                "sessions/session.jte", isConfirmed ? read.page() : read.page().withUnconfirmedCharger());
    }

    private record Read(ChargingSession session, SessionPage page) {}

    private Read read(SessionService.OwnSession own, String readings, String note, Account account, CsrfToken csrf) {
        var session = own.session();
        var active = activeSessions.at(account.id(), own.version());
        var others = active.sessions().stream()
                .filter(charging -> !charging.id().equals(session.id()))
                .toList();
        var notice = SessionNoteController.notice(note, account);
        var shell = pages.shell(session, account, csrf, notice, others);
        var window = RowWindow.parse(readings, TimelineView.FEW, TimelineView.MANY);
        var derived = details.of(session, active.state(), shell, window);
        return new Read(session, page(session, derived, account, shell));
    }

    /**
     * @param back path of the page to return to; by default the session's page
     */
    @PostMapping("/sessions/{id}/stop")
    ResponseEntity<Void> stop(
            @PathVariable String id, @RequestParam(defaultValue = "") String back, @SignedInAccount Account account) {
        var session = owned(id, account).session();
        var outcome = stopButton.press(session, account.id());
        return AfterForm.seeOther(
                ReturnPath.afterStop(ReturnPath.parse(back).orElse("/sessions/" + session.id()), outcome));
    }

    /** Checks ownership before anything else is read. */
    private SessionService.OwnSession owned(String id, Account account) {
        return SessionId.parse(id)
                .flatMap(session -> sessions.findOwn(session, account.id()))
                .orElseThrow(NotFound::new);
    }

    private SessionPage page(ChargingSession session, SessionDetails.Details derived, Account account, Shell shell) {
        var now = clock.instant();
        var charger = views.charger(session);
        var live = Optional.of(session)
                .filter(ChargingSession::isLive)
                .map(charging -> new SessionPage.LiveCard(
                        views.power(charging),
                        views.soc(charging),
                        Optional.of(charger),
                        stopButton.isOffered(charging, account.id()),
                        now));

        var totals = views.totals(session, now);
        var facts = new SessionPage.Facts(
                Optional.of(charger),
                views.card(session),
                session.startedAt(),
                session.endedAt(),
                Optional.of(session.startValue()),
                session.stop().flatMap(stop -> stop.value()),
                session.stop().flatMap(SessionViewBuilder::stopReason));
        var part = new FactsPart(facts, derived.course(), totals, shell.texts(), shell.format());
        return new SessionPage(
                shell,
                SessionHead.of(session, now),
                views.word(session),
                live,
                totals,
                facts,
                session.isLive() ? pages.fragment("sessions/facts.jte", part) : pages.kept("sessions/facts.jte", part),
                derived.cost(),
                derived.timeline(),
                derived.siblings());
    }
}
