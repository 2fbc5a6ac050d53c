package express.polaris.console.transactions;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.ConsoleReason;
import express.polaris.console.PersonChoice;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.sessions.ownership.OwnerCorrections;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import express.polaris.web.WithoutSnapshot;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One transaction, and an operator's corrections of it: owner and energy. */
@Controller
class TransactionController {

    /** Notices about an action on a transaction, whether done or refused, with their tone. */
    private static final Map<String, Shell.Tone> DONE = Map.ofEntries(
            Map.entry("owner", Shell.Tone.SUCCESS),
            Map.entry("energy", Shell.Tone.SUCCESS),
            Map.entry("decided", Shell.Tone.SUCCESS),
            Map.entry("closed-charger", Shell.Tone.SUCCESS),
            Map.entry("closed-steve-accepted", Shell.Tone.SUCCESS),
            Map.entry("closed-steve-rejected", Shell.Tone.SUCCESS),
            Map.entry("closed-steve-unreachable", Shell.Tone.SUCCESS),
            Map.entry("closed-steve-timeout", Shell.Tone.SUCCESS),
            Map.entry("no-energy", Shell.Tone.INFO),
            Map.entry("not-active", Shell.Tone.INFO),
            Map.entry("live", Shell.Tone.INFO),
            Map.entry("steve-down", Shell.Tone.DANGER),
            Map.entry("id-reused", Shell.Tone.DANGER));

    static final String OWNER = "owner";
    static final String ENERGY = "energy";

    private final SessionService sessions;
    private final TransactionPageBuilder views;
    private final PersonChoice people;
    private final OwnerCorrections owners;
    private final EnergyDecisionService decisions;
    private final ConsolePages pages;

    TransactionController(
            SessionService sessions,
            TransactionPageBuilder views,
            PersonChoice people,
            OwnerCorrections owners,
            EnergyDecisionService decisions,
            ConsolePages pages) {
        this.sessions = sessions;
        this.views = views;
        this.people = people;
        this.owners = owners;
        this.decisions = decisions;
        this.pages = pages;
    }

    @WithoutSnapshot
    @GetMapping("/operator/transactions/{id}")
    ResponseEntity<byte[]> page(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String events,
            @RequestParam(defaultValue = "") String readings,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        var shell = pages.shell(
                operator,
                csrf,
                "nav.console.transactions",
                AfterForm.notice(done, "tx.done.", DONE, Texts.of(operator.locale())));
        var page = views.of(
                session, shell, TransactionPage.Form.NONE, TransactionPageBuilder.Windows.parse(events, readings));
        return pages.render("console/transaction.jte", page);
    }

    @PostMapping("/operator/transactions/{id}/owner")
    ResponseEntity<byte[]> owner(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String reason,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        var faults = new FaultCollector();
        var wanted = people.drivers(driver, 2);
        faults.require(
                wanted.size() == 1,
                "driver",
                (wanted.isEmpty() ? ConsoleReason.NO_SUCH_DRIVER : ConsoleReason.SEVERAL_DRIVERS).with());
        var why = AuditReason.of(reason, faults);
        try {
            faults.throwIfAny();
            owners.correct(operator.id(), session.id(), wanted.getFirst().id(), why);
            return seeOther(session.id(), OWNER);
        } catch (InvalidInput | Conflict refused) {
            var words = pages.refusals(operator).faults(refused);
            return refused(session, new TransactionPage.Form(OWNER, driver, reason, words), operator, csrf);
        }
    }

    @PostMapping("/operator/transactions/{id}/confirm-energy")
    ResponseEntity<byte[]> confirmEnergy(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        try {
            var faults = new FaultCollector();
            var why = AuditReason.of(reason, faults);
            faults.throwIfAny();
            decisions.confirmJump(operator.id(), session.id(), why);
            return seeOther(session.id(), ENERGY);
        } catch (InvalidInput refused) {
            var words = pages.refusals(operator).faults(refused);
            return refused(session, new TransactionPage.Form(ENERGY, "", reason, words), operator, csrf);
        } catch (Conflict nothingToConfirm) {
            return seeOther(session.id(), "no-energy");
        }
    }

    private ChargingSession session(String id) {
        return SessionId.parse(id).flatMap(sessions::find).orElseThrow(NotFound::new);
    }

    private ResponseEntity<byte[]> refused(
            ChargingSession session, TransactionPage.Form form, Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.transactions");
        return pages.render(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "console/transaction.jte",
                views.of(session, shell, form, TransactionPageBuilder.Windows.LATEST));
    }

    static ResponseEntity<byte[]> seeOther(SessionId id, String done) {
        return AfterForm.seeOther(TransactionListPage.Filter.PATH + "/" + id + "?done=" + done);
    }
}
