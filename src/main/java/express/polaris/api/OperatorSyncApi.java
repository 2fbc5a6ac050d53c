package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.CurrentAccount;
import express.polaris.problems.NotFound;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncRun;
import express.polaris.sync.SyncRuns;
import io.swagger.v3.oas.annotations.Operation;
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
    @Operation(summary = "What sync did, the newest first")
    Listing<SyncRun> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = Listing.limit(limit);
        var found = runs.list(Listing.idIn(cursor), most + 1);
        return Listing.byId(found, most, SyncRun::id, run -> run);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One run with all its errors")
    SyncRun one(@PathVariable String id) {
        return runs.find(Ids.inPath(id)).orElseThrow(NotFound::new);
    }

    /** The run goes on after the answer. */
    @PostMapping
    @Operation(summary = "Sync now, the last 90 days included")
    @ResponseStatus(HttpStatus.ACCEPTED)
    SyncRun start(@CurrentAccount Account operator) {
        var run = engine.runNow();
        audit.record(Optional.of(operator.id()), "sync.run", "sync run " + run.id(), Map.of());
        return run;
    }
}
