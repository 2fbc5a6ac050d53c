package express.polaris.console.transactions;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sync.ForceClose;
import express.polaris.sync.ForceCloseOutcome;
import express.polaris.sync.SyncCommandReason;
import express.polaris.web.FieldFaults;
import express.polaris.web.views.SessionHead;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Force-closes a stuck session: shows what would be recorded, then closes it. */
@Controller
class ForceCloseController {

    private static final String ID_REUSED = "id-reused";

    private final SessionService sessions;
    private final ForceClose forceClose;
    private final ConsolePages pages;
    private final Clock clock;

    ForceCloseController(SessionService sessions, ForceClose forceClose, ConsolePages pages, Clock clock) {
        this.sessions = sessions;
        this.forceClose = forceClose;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/operator/transactions/{id}/force-close")
    ResponseEntity<byte[]> page(@PathVariable String id, @SignedInAccount Account operator, CsrfToken csrf) {
        return page(HttpStatus.OK, session(id), "", FieldFaults.NONE, operator, csrf);
    }

    /** Returns once the session is closed, which takes up to a minute. */
    @PostMapping("/operator/transactions/{id}/force-close")
    ResponseEntity<byte[]> close(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") String confirmZero,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        if (sessions.hasReusedId(session.id())) {
            return TransactionController.seeOther(session.id(), ID_REUSED);
        }
        boolean confirmed = confirmZero.equals("true");
        var faults = new FaultCollector();
        var why = AuditReason.of(reason, faults);
        forceClose
                .preview(session.id())
                .filter(preview -> preview.needsConfirmation() && !confirmed)
                .ifPresent(preview -> faults.add("confirmZero", SyncCommandReason.ZERO_ENERGY.with(session.id())));
        try {
            faults.throwIfAny();
            return TransactionController.seeOther(
                    session.id(), outcome(forceClose.close(operator.id(), session.id(), why, confirmed)));
        } catch (InvalidInput | Conflict refused) {
            var words = pages.refusals(operator).faults(refused);
            return page(HttpStatus.UNPROCESSABLE_CONTENT, session(id), reason, words, operator, csrf);
        } catch (Unavailable steveDown) {
            return TransactionController.seeOther(session.id(), "steve-down");
        }
    }

    private static String outcome(ForceCloseOutcome closed) {
        return switch (closed.by()) {
            case CHARGER -> "closed-charger";
            case STEVE -> "closed-steve-" + closed.charger().name().toLowerCase(Locale.ROOT);
        };
    }

    private ChargingSession session(String id) {
        return SessionId.parse(id).flatMap(sessions::find).orElseThrow(NotFound::new);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            ChargingSession session,
            String reason,
            FieldFaults faults,
            Account operator,
            CsrfToken csrf) {
        if (sessions.hasReusedId(session.id())) {
            return TransactionController.seeOther(session.id(), ID_REUSED);
        }
        var preview = forceClose.preview(session.id());
        if (preview.isEmpty()) {
            return TransactionController.seeOther(session.id(), "not-active");
        }
        var shell = pages.shell(operator, csrf, "nav.console.transactions");
        var page = new ForceClosePage(
                shell,
                SessionHead.forOperator(session, clock.instant()),
                session.chargeBoxId().value(),
                session.connectorId(),
                session.startedAt(),
                session.meter().lastReadingAt(),
                Optional.ofNullable(sessions.stuck(List.of(session.id())).get(session.id())),
                preview.get(),
                reason,
                faults);
        return pages.render(status, "console/force-close.jte", page);
    }
}
