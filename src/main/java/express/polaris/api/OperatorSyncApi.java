package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sync.CatchUpState;
import express.polaris.sync.SyncCommandReason;
import express.polaris.sync.SyncEngine;
import express.polaris.sync.SyncFault;
import express.polaris.sync.SyncPauseService;
import express.polaris.sync.SyncRun;
import express.polaris.sync.SyncRunRepository;
import express.polaris.sync.SyncState;
import express.polaris.sync.SyncStateReader;
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

/** Sync runs and sync state, for operators: inspect, start a run, pause, resume. */
@RestController
@RequestMapping("/api/v1/operator")
class OperatorSyncApi {

    private final SyncRunRepository runs;
    private final SyncEngine engine;
    private final SyncStateReader states;
    private final SyncPauseService pauses;
    private final AuditLog audit;

    OperatorSyncApi(
            SyncRunRepository runs,
            SyncEngine engine,
            SyncStateReader states,
            SyncPauseService pauses,
            AuditLog audit) {
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
     * State of sync.
     *
     * @param operatorPause null unless an operator has paused sync
     * @param ownPause why sync itself has stopped handling vanished transactions; null unless it has
     * @param lagSeconds how long the oldest due read has been waiting
     * @param backfill number of transactions that were closed before their first read and are still unread
     * @param found number of transactions that the current discovery has to list, all of SteVe's in a first import; 0
     *     when it is done
     * @param toList how many of them are not listed yet
     * @param callsPerSecond this node's calls to SteVe in the last minute
     * @param steve circuit breaker: {@code closed}, {@code open} (no calls for a while) or {@code trying}
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

    /** Pauses apply to all nodes; call rates are this node's. */
    @GetMapping("/sync")
    @Operation(summary = "State of sync")
    State state() {
        return State.of(states.now());
    }

    @PostMapping("/sync/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Pause sync on all nodes",
            description = "SteVe is not polled until sync is resumed. 409 if it is already paused.")
    State pause(@RequestBody Why why, @SignedInAccount Account operator) {
        var faults = new FaultCollector();
        var reason = AuditReason.of(why.reason().orElse(""), faults);
        faults.throwIfAny();
        if (!pauses.pause(operator.id(), reason)) {
            throw new Conflict(SyncCommandReason.PAUSED_ALREADY.with());
        }
        return state();
    }

    @PostMapping("/sync/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Resume sync after an operator paused it", description = "409 if no operator has paused it.")
    State resume(@SignedInAccount Account operator) {
        if (!pauses.resume(operator.id())) {
            throw new Conflict(SyncCommandReason.NOT_PAUSED.with());
        }
        return state();
    }

    @PostMapping("/sync/accept-vanished")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Accept vanished transactions and end the pause that sync made",
            description = "Confirms that this is the right SteVe and that the transactions are gone from it. They are"
                    + " closed with their last readings; if more vanish, sync pauses again. 409 without such a pause.")
    State acceptVanished(@RequestBody Why why, @SignedInAccount Account operator) {
        var faults = new FaultCollector();
        var reason = AuditReason.of(why.reason().orElse(""), faults);
        faults.throwIfAny();
        if (!pauses.acceptVanished(operator.id(), reason)) {
            throw new Conflict(SyncCommandReason.NOT_PAUSED_BY_ITSELF.with());
        }
        return state();
    }

    /** Newest first, each with its first 20 errors. */
    @GetMapping("/sync-runs")
    @Operation(summary = "Sync runs, newest first")
    CursorPage<SyncRunJson> list(@RequestParam Optional<String> cursor, @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var found = runs.list(CursorPage.idIn(cursor), most + 1);
        return CursorPage.byId(found, most, SyncRun::id, SyncRunJson::of);
    }

    @GetMapping("/sync-runs/{id}")
    @Operation(summary = "One run with all its errors")
    SyncRunJson one(@PathVariable String id) {
        return runs.find(PathIds.inPath(id)).map(SyncRunJson::of).orElseThrow(NotFound::new);
    }

    /** Responds before the run ends. Returns 409 while sync is paused. */
    @PostMapping("/sync-runs")
    @Operation(summary = "Run sync now, including the last 90 days")
    @ResponseStatus(HttpStatus.ACCEPTED)
    SyncRunJson start(@SignedInAccount Account operator) {
        var run = engine.runNow().orElseThrow(() -> new Conflict(SyncCommandReason.PAUSED.with()));
        audit.record(Optional.of(operator.id()), "sync.run", "sync run " + run.id(), Map.of());
        return SyncRunJson.of(run);
    }
}
