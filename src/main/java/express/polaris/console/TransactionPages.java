package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.CurrentAccount;
import express.polaris.documents.Texts;
import express.polaris.problems.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.EnergyDecisions;
import express.polaris.sessions.OwnerCorrections;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.Sessions;
import express.polaris.web.Shell;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One transaction, and what an operator mends about it. */
@Controller
class TransactionPages {

    static final String OWNER = "owner";
    static final String ENERGY = "energy";

    private final Sessions sessions;
    private final TransactionViews views;
    private final PersonChoice people;
    private final OwnerCorrections owners;
    private final EnergyDecisions decisions;
    private final ConsoleKit kit;

    TransactionPages(
            Sessions sessions,
            TransactionViews views,
            PersonChoice people,
            OwnerCorrections owners,
            EnergyDecisions decisions,
            ConsoleKit kit) {
        this.sessions = sessions;
        this.views = views;
        this.people = people;
        this.owners = owners;
        this.decisions = decisions;
        this.kit = kit;
    }

    @GetMapping("/operator/transactions/{id}")
    ResponseEntity<byte[]> page(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String events,
            @RequestParam(defaultValue = "") String readings,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        var shell = kit.shells().of(operator, csrf, "nav.console.transactions", notice(done, operator));
        var page =
                views.of(session, shell, TransactionPage.Form.NONE, TransactionViews.Windows.parse(events, readings));
        return kit.pages().render("console/transaction.jte", page);
    }

    @PostMapping("/operator/transactions/{id}/owner")
    ResponseEntity<byte[]> owner(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String driver,
            @RequestParam(defaultValue = "") String reason,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        var faults = new ArrayList<String>();
        var wanted = people.drivers(driver, 2);
        if (wanted.size() != 1) {
            faults.add(wanted.isEmpty() ? "tx.fault.driver" : "tx.fault.drivers");
        }
        var why = Reasons.of(reason);
        if (why.isEmpty()) {
            faults.add("console.fault.reason");
        }
        if (faults.isEmpty()) {
            switch (owners.correct(
                    operator.id(), session.id(), wanted.getFirst().id(), why.orElseThrow())) {
                case MOVED -> {
                    return seeOther(session.id(), OWNER);
                }
                case NOT_FOUND -> throw new NotFound();
                case INVOICED -> faults.add("tx.fault.invoiced");
            }
        }
        return refused(session, new TransactionPage.Form(OWNER, driver, reason, List.copyOf(faults)), operator, csrf);
    }

    @PostMapping("/operator/transactions/{id}/confirm-energy")
    ResponseEntity<byte[]> confirmEnergy(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var session = session(id);
        var why = Reasons.of(reason);
        if (why.isEmpty()) {
            var form = new TransactionPage.Form(ENERGY, "", reason, List.of("console.fault.reason"));
            return refused(session, form, operator, csrf);
        }
        var refusal = decisions.confirmJump(operator.id(), session.id(), why.orElseThrow());
        return seeOther(session.id(), refusal.isEmpty() ? ENERGY : "no-energy");
    }

    private ChargingSession session(String id) {
        return SessionId.parse(id).flatMap(sessions::find).orElseThrow(NotFound::new);
    }

    /** Those whose id, or whose name or address in part, was typed. */
    private ResponseEntity<byte[]> refused(
            ChargingSession session, TransactionPage.Form form, Account operator, CsrfToken csrf) {
        var shell = kit.shells().of(operator, csrf, "nav.console.transactions", Optional.empty());
        return kit.pages()
                .render(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "console/transaction.jte",
                        views.of(session, shell, form, TransactionViews.Windows.LATEST));
    }

    static ResponseEntity<byte[]> seeOther(SessionId id, String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(TransactionListPage.Filter.PATH + "/" + id + "?done=" + done))
                .build();
    }

    /** The outcome in words; empty for anything that is no outcome. */
    private static Optional<Shell.Notice> notice(String done, Account operator) {
        Optional<Shell.Tone> tone = switch (done) {
            case OWNER,
                    ENERGY,
                    "decided",
                    "closed-charger",
                    "closed-steve-accepted",
                    "closed-steve-rejected",
                    "closed-steve-unreachable",
                    "closed-steve-timeout" -> Optional.of(Shell.Tone.SUCCESS);
            case "no-energy", "not-active", "live" -> Optional.of(Shell.Tone.INFO);
            case "steve-down", "id-reused" -> Optional.of(Shell.Tone.DANGER);
            default -> Optional.empty();
        };
        return tone.map(it -> new Shell.Notice(it, Texts.of(operator.locale()).get("tx.done." + done)));
    }
}
