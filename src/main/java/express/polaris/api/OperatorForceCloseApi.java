package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.chargers.CommandOutcome;
import express.polaris.sync.ForceClose;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Force-close of stuck sessions. */
@RestController
class OperatorForceCloseApi {

    private final SessionService sessions;
    private final ForceClose forceClose;

    OperatorForceCloseApi(SessionService sessions, ForceClose forceClose) {
        this.sessions = sessions;
        this.forceClose = forceClose;
    }

    record Wish(Optional<String> reason, Optional<Boolean> confirmZero) {}

    /** Responds once the session is closed, which takes up to a minute. */
    @PostMapping("/api/v1/operator/transactions/{id}/force-close")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Force-close a stuck session")
    CommandAnswer close(@PathVariable String id, @RequestBody Wish wish, @SignedInAccount Account operator) {
        var session = SessionId.parse(id)
                .filter(known -> sessions.find(known).isPresent())
                .orElseThrow(NotFound::new);
        var faults = new FaultCollector();
        var reason = AuditReason.of(wish.reason().orElse(""), faults);
        faults.throwIfAny();
        var closed = forceClose.close(
                operator.id(), session, reason, wish.confirmZero().orElse(false));
        return CommandAnswer.of(new CommandOutcome(CommandOutcome.Kind.ACCEPTED, closed.message()));
    }
}
