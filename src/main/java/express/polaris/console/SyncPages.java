package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.CurrentAccount;
import express.polaris.documents.Texts;
import express.polaris.problems.NotFound;
import express.polaris.sync.OperatorPause;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncPauses;
import express.polaris.sync.SyncRuns;
import express.polaris.sync.SyncStates;
import express.polaris.web.Shell;
import java.net.URI;
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

/** How sync stands, what it did, and what an operator wants of it. */
@Controller
class SyncPages {

    private static final int ROWS = 50;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final String PAUSE = "pause";
    private static final String ACCEPT = "accept";

    private final SyncRuns runs;
    private final SyncStates states;
    private final SyncPauses pauses;
    private final SyncEngine engine;
    private final Accounts accounts;
    private final AuditLog audit;
    private final ConsoleKit kit;
    private final Clock clock;

    SyncPages(
            SyncRuns runs,
            SyncStates states,
            SyncPauses pauses,
            SyncEngine engine,
            Accounts accounts,
            AuditLog audit,
            ConsoleKit kit,
            Clock clock) {
        this.runs = runs;
        this.states = states;
        this.pauses = pauses;
        this.engine = engine;
        this.accounts = accounts;
        this.audit = audit;
        this.kit = kit;
        this.clock = clock;
    }

    @GetMapping("/operator/sync")
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String done,
            @CurrentAccount Account operator,
            CsrfToken csrf) {
        var shell = kit.shells().of(operator, csrf, "nav.console.sync", notice(done, operator));
        return page(HttpStatus.OK, shell, number(before), "", "");
    }

    @GetMapping("/operator/sync/{id}")
    ResponseEntity<byte[]> run(@PathVariable String id, @CurrentAccount Account operator, CsrfToken csrf) {
        var run = number(id).flatMap(runs::find).orElseThrow(NotFound::new);
        var shell = kit.shells().of(operator, csrf, "nav.console.sync", Optional.empty());
        var byTransaction = run.errors().stream()
                .collect(Collectors.groupingBy(
                        error -> error.transactionId().orElse(0L), TreeMap::new, Collectors.toList()));
        var errors = byTransaction.entrySet().stream()
                .map(entry -> new SyncRunPage.Errors(
                        Optional.of(entry.getKey()).filter(transaction -> transaction > 0), entry.getValue()))
                .toList();
        return kit.pages().render("console/sync-run.jte", new SyncRunPage(shell, clock.instant(), run, errors));
    }

    @PostMapping("/operator/sync/run")
    ResponseEntity<byte[]> runNow(@CurrentAccount Account operator) {
        var run = engine.runNow();
        run.ifPresent(it -> audit.record(Optional.of(operator.id()), "sync.run", "sync run " + it.id(), Map.of()));
        return seeOther(run.isPresent() ? "run" : "is-paused");
    }

    @PostMapping("/operator/sync/pause")
    ResponseEntity<byte[]> pause(
            @RequestParam(defaultValue = "") String reason, @CurrentAccount Account operator, CsrfToken csrf) {
        return Reasons.of(reason)
                .map(why -> seeOther(pauses.pause(operator.id(), why) ? "paused" : "is-paused"))
                .orElseGet(() -> refused(PAUSE, reason, operator, csrf));
    }

    @PostMapping("/operator/sync/resume")
    ResponseEntity<byte[]> resume(@CurrentAccount Account operator) {
        return seeOther(pauses.resume(operator.id()) ? "resumed" : "is-running");
    }

    @PostMapping("/operator/sync/accept-vanished")
    ResponseEntity<byte[]> acceptVanished(
            @RequestParam(defaultValue = "") String reason, @CurrentAccount Account operator, CsrfToken csrf) {
        return Reasons.of(reason)
                .map(why -> seeOther(pauses.acceptVanished(operator.id(), why) ? "accepted" : "is-running"))
                .orElseGet(() -> refused(ACCEPT, reason, operator, csrf));
    }

    private ResponseEntity<byte[]> refused(String form, String reason, Account operator, CsrfToken csrf) {
        var shell = kit.shells().of(operator, csrf, "nav.console.sync", Optional.empty());
        return page(HttpStatus.UNPROCESSABLE_CONTENT, shell, Optional.empty(), form, reason);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status, Shell shell, Optional<Long> before, String form, String reason) {
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
                reason);
        return kit.pages().render(status, "console/sync.jte", page);
    }

    private static Optional<Long> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private static ResponseEntity<byte[]> seeOther(String done) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(SyncPage.PATH + "?done=" + done))
                .build();
    }

    /** The outcome in words; empty for anything that is no outcome. */
    private static Optional<Shell.Notice> notice(String done, Account operator) {
        Optional<Shell.Tone> tone = switch (done) {
            case "run", "resumed", "accepted" -> Optional.of(Shell.Tone.SUCCESS);
            case "paused" -> Optional.of(Shell.Tone.WARNING);
            case "is-paused", "is-running" -> Optional.of(Shell.Tone.INFO);
            default -> Optional.empty();
        };
        return tone.map(it -> new Shell.Notice(it, Texts.of(operator.locale()).get("sync.done." + done)));
    }
}
