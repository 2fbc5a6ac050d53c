package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.CurrentAccount;
import express.polaris.problems.Conflict;
import express.polaris.problems.Faults;
import express.polaris.problems.NotFound;
import express.polaris.sync.CatchUpState;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncFault;
import express.polaris.sync.SyncPauses;
import express.polaris.sync.SyncCommandReason;
import express.polaris.sync.SyncRun;
import express.polaris.sync.SyncRuns;
import express.polaris.sync.SyncState;
import express.polaris.sync.SyncStates;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What sync did, how it stands, and the wish that it does something now or nothing. */
@RestController
@RequestMapping("/api/v1/operator")
class OperatorSyncApi {

    private final SyncRuns runs;
    private final SyncEngine engine;
    private final SyncStates states;
    private final SyncPauses pauses;
    private final AuditLog audit;

    OperatorSyncApi(SyncRuns runs, SyncEngine engine, SyncStates states, SyncPauses pauses, AuditLog audit) {
        this.runs = runs;
        this.engine = engine;
        this.states = states;
        this.pauses = pauses;
        this.audit = audit;
    }

    record Why(Optional<String> reason) {}

    /** @param by the operator's id */
    record Pause(Instant at, long by, String reason) {}

    /**
     * How sync stands.
     *
     * @param operatorPause null while no operator has paused it
     * @param ownPause why sync leaves vanished transactions alone by itself; null while it does not
     * @param lagSeconds how long the oldest read that is due has waited
     * @param backfill transactions that were closed before their first read, which is still to come
     * @param found transactions that were found and are being listed, all of SteVe's in a first import; 0 otherwise
     * @param toList how many of them are still to be listed
     * @param callsPerSecond to SteVe, of this node in the last minute
     * @param steve {@code closed}, {@code open} (not asked for a while) or {@code trying}
     */
    record State(
            Optional<Pause> operatorPause,
            Optional<String> ownPause,
            long lagSeconds,
            long backfill,
            int found,
            int toList,
            Optional<Instant> lastDiscoveryAt,
            Optional<Instant> lastComparedAt,
            BigDecimal callsPerSecond,
            BigDecimal callsPerSecondSinceStart,
            String steve) {

        static State of(SyncState state) {
            return new State(
                    state.operatorPause()
                            .map(pause -> new Pause(pause.at(), pause.by().value(), pause.why())),
                    state.ownPause().map(SyncFault::english),
                    state.lag().toSeconds(),
                    state.backfill(),
                    state.catchUp().map(CatchUpState::found).orElse(0),
                    state.catchUp().map(CatchUpState::left).orElse(0),
                    state.lastDiscoveryAt(),
                    state.lastComparedAt(),
                    state.steve().lastMinute(),
                    state.steve().sinceStart(),
                    state.steve().circuit().name().toLowerCase(Locale.ROOT));
        }
    }

    /** Pauses are those of all nodes, calls those of this one. */
    @GetMapping("/sync")
    @Operation(summary = "How sync stands")
    State state() {
        return State.of(states.now());
    }

    @PostMapping("/sync/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Pause sync on all nodes",
            description = "SteVe is not asked by itself until sync is resumed. 409 while it is paused already.")
    State pause(@RequestBody Why why, @CurrentAccount Account operator) {
        var faults = new Faults();
        var reason = AuditReason.of(why.reason().orElse(""), faults);
        faults.throwIfAny();
        if (!pauses.pause(operator.id(), reason)) {
            throw new Conflict(SyncCommandReason.PAUSED_ALREADY.with());
        }
        return state();
    }

    @PostMapping("/sync/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Resume sync that an operator has paused",
            description = "409 while no operator has paused it.")
    State resume(@CurrentAccount Account operator) {
        if (!pauses.resume(operator.id())) {
            throw new Conflict(SyncCommandReason.NOT_PAUSED.with());
        }
        return state();
    }

    @PostMapping("/sync/accept-vanished")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "End the pause that sync made by itself",
            description = "Say so when you have looked: this is SteVe, and the transactions are gone from it. They are"
                    + " closed on their last readings; others that vanish pause it again. 409 without such a pause.")
    State acceptVanished(@RequestBody Why why, @CurrentAccount Account operator) {
        var faults = new Faults();
        var reason = AuditReason.of(why.reason().orElse(""), faults);
        faults.throwIfAny();
        if (!pauses.acceptVanished(operator.id(), reason)) {
            throw new Conflict(SyncCommandReason.NOT_PAUSED_BY_ITSELF.with());
        }
        return state();
    }

    /** The newest first, each with its first 20 errors. */
    @GetMapping("/sync-runs")
    @Operation(summary = "What sync did, the newest first")
    Listing<ApiSyncRun> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = Listing.limit(limit);
        var found = runs.list(Listing.idIn(cursor), most + 1);
        return Listing.byId(found, most, SyncRun::id, ApiSyncRun::of);
    }

    @GetMapping("/sync-runs/{id}")
    @Operation(summary = "One run with all its errors")
    ApiSyncRun one(@PathVariable String id) {
        return runs.find(Ids.inPath(id)).map(ApiSyncRun::of).orElseThrow(NotFound::new);
    }

    /** The run goes on after the answer. 409 while sync is paused. */
    @PostMapping("/sync-runs")
    @Operation(summary = "Sync now, the last 90 days included")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ApiSyncRun start(@CurrentAccount Account operator) {
        var run = engine.runNow().orElseThrow(() -> new Conflict(SyncCommandReason.PAUSED.with()));
        audit.record(Optional.of(operator.id()), "sync.run", "sync run " + run.id(), Map.of());
        return ApiSyncRun.of(run);
    }
}
