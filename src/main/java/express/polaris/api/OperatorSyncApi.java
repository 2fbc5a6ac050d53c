package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.CurrentAccount;
import express.polaris.problems.NotFound;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncRun;
import express.polaris.sync.SyncRuns;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What sync did, and the wish that it does something now. */
@RestController
@RequestMapping("/api/v1/operator/sync-runs")
class OperatorSyncApi {

    private final SyncRuns runs;
    private final SyncEngine engine;
    private final AuditLog audit;

    OperatorSyncApi(SyncRuns runs, SyncEngine engine, AuditLog audit) {
        this.runs = runs;
        this.engine = engine;
        this.audit = audit;
    }

    /** The newest first, each with its first 20 errors. */
    @GetMapping
    Listing<SyncRun> list(
            @RequestParam Optional<String> cursor, @RequestParam(defaultValue = Listing.DEFAULT_LIMIT) int limit) {
        var found = runs.list(Listing.position(cursor), Listing.limit(limit) + 1);
        return Listing.byId(found, limit, SyncRun::id, run -> run);
    }

    @GetMapping("/{id}")
    SyncRun one(@PathVariable String id) {
        return runs.find(Ids.inPath(id)).orElseThrow(NotFound::new);
    }

    /** The run goes on after the answer. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    SyncRun start(@CurrentAccount Account operator) {
        var run = engine.runNow();
        audit.record(Optional.of(operator.id()), "sync.run", "sync run " + run.id(), Map.of());
        return run;
    }
}
