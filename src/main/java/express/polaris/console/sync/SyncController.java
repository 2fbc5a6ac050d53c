package express.polaris.console.sync;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.console.PersonLink;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sync.OperatorPause;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncPauseService;
import express.polaris.sync.SyncRunRepository;
import express.polaris.sync.SyncStateReader;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** State and runs of sync; starts a run, pauses and resumes it, accepts vanished transactions. */
@Controller
class SyncController {

    private static final Map<String, Shell.Tone> DONE = Map.of(
            "run", Shell.Tone.SUCCESS,
            "resumed", Shell.Tone.SUCCESS,
            "accepted", Shell.Tone.SUCCESS,
            "paused", Shell.Tone.WARNING,
            "is-paused", Shell.Tone.INFO,
            "is-running", Shell.Tone.INFO);

    private static final int ROWS = 50;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final String PAUSE = "pause";
    private static final String ACCEPT = "accept";

    private final SyncRunRepository runs;
    private final SyncStateReader states;
    private final SyncPauseService pauses;
    private final SyncEngine engine;
    private final AccountService accounts;
    private final AuditLog audit;
    private final ConsolePages pages;
    private final Clock clock;

    SyncController(
            SyncRunRepository runs,
            SyncStateReader states,
            SyncPauseService pauses,
            SyncEngine engine,
            AccountService accounts,
            AuditLog audit,
            ConsolePages pages,
            Clock clock) {
        this.runs = runs;
        this.states = states;
        this.pauses = pauses;
        this.engine = engine;
        this.accounts = accounts;
        this.audit = audit;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/operator/sync")
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var shell = pages.shell(
                operator,
                csrf,
                "nav.console.sync",
                AfterForm.notice(done, "sync.done.", DONE, Texts.of(operator.locale())));
        return page(HttpStatus.OK, shell, number(before), "", "", FieldFaults.NONE);
    }

    @GetMapping("/operator/sync/{id}")
    ResponseEntity<byte[]> run(@PathVariable String id, @SignedInAccount Account operator, CsrfToken csrf) {
        var run = number(id).flatMap(runs::find).orElseThrow(NotFound::new);
        var shell = pages.shell(operator, csrf, "nav.console.sync");
        var byTransaction = run.errors().stream()
                .collect(Collectors.groupingBy(
                        error -> error.transactionId().orElse(0L), TreeMap::new, Collectors.toList()));
        var errors = byTransaction.entrySet().stream()
                .map(entry -> new SyncRunPage.Errors(
                        Optional.of(entry.getKey()).filter(transaction -> transaction > 0), entry.getValue()))
                .toList();
        return pages.render("console/sync-run.jte", new SyncRunPage(shell, clock.instant(), run, errors));
    }

    @PostMapping("/operator/sync/run")
    ResponseEntity<byte[]> runNow(@SignedInAccount Account operator) {
        var run = engine.runNow();
        run.ifPresent(it -> audit.record(Optional.of(operator.id()), "sync.run", "sync run " + it.id(), Map.of()));
        return seeOther(run.isPresent() ? "run" : "is-paused");
    }

    @PostMapping("/operator/sync/pause")
    ResponseEntity<byte[]> pause(
            @RequestParam(defaultValue = "") String reason, @SignedInAccount Account operator, CsrfToken csrf) {
        var faults = new FaultCollector();
        var why = AuditReason.of(reason, faults);
        return faults.list().isEmpty()
                ? seeOther(pauses.pause(operator.id(), why) ? "paused" : "is-paused")
                : refused(PAUSE, reason, faults, operator, csrf);
    }

    @PostMapping("/operator/sync/resume")
    ResponseEntity<byte[]> resume(@SignedInAccount Account operator) {
        return seeOther(pauses.resume(operator.id()) ? "resumed" : "is-running");
    }

    @PostMapping("/operator/sync/accept-vanished")
    ResponseEntity<byte[]> acceptVanished(
            @RequestParam(defaultValue = "") String reason, @SignedInAccount Account operator, CsrfToken csrf) {
        var faults = new FaultCollector();
        var why = AuditReason.of(reason, faults);
        return faults.list().isEmpty()
                ? seeOther(pauses.acceptVanished(operator.id(), why) ? "accepted" : "is-running")
                : refused(ACCEPT, reason, faults, operator, csrf);
    }

    private ResponseEntity<byte[]> refused(
            String form, String reason, FaultCollector faults, Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.sync");
        var words = pages.refusals(operator).faults(faults.list());
        return page(HttpStatus.UNPROCESSABLE_CONTENT, shell, Optional.empty(), form, reason, words);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status, Shell shell, Optional<Long> before, String form, String reason, FieldFaults faults) {
        var found = runs.list(before, ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var state = states.now();
        var page = new SyncPage(
                shell,
                clock.instant(),
                state,
                state.operatorPause()
                        .map(OperatorPause::by)
                        .flatMap(accounts::find)
                        .map(PersonLink::of),
                shown,
                found.size() > ROWS
                        ? Optional.of(
                                SyncPage.PATH + "?before=" + shown.getLast().id())
                        : Optional.empty(),
                form,
                reason,
                faults);
        return pages.render(status, "console/sync.jte", page);
    }

    private static Optional<Long> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static ResponseEntity<byte[]> seeOther(String done) {
        return AfterForm.seeOther(SyncPage.PATH + "?done=" + done);
    }
}
