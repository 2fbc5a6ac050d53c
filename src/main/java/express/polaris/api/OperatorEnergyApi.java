package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.CurrentAccount;
import express.polaris.billing.OperatorBilling;
import express.polaris.chargers.CommandOutcome;
import express.polaris.problems.Faults;
import express.polaris.problems.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Energy that no connector can deliver in its time, and an operator's word that it was delivered all the same. */
@RestController
class OperatorEnergyApi {

    private final Sessions sessions;
    private final OperatorBilling billing;

    OperatorEnergyApi(Sessions sessions, OperatorBilling billing) {
        this.sessions = sessions;
        this.billing = billing;
    }

    record Confirmation(Optional<String> reason) {}

    @PostMapping("/api/v1/operator/transactions/{id}/confirm-energy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Confirm a session's implausible energy",
            description = "What is flagged `implausible` has no price until the session is completed or you say that it"
                    + " was delivered. That holds for the readings so far; a later one is judged anew. 409 where"
                    + " no energy waits for it.")
    CommandAnswer confirm(
            @PathVariable String id, @RequestBody Confirmation confirmation, @CurrentAccount Account operator) {
        var session = SessionId.parse(id)
                .filter(known -> sessions.find(known).isPresent())
                .orElseThrow(NotFound::new);
        var faults = new Faults();
        var reason = Reason.of(confirmation.reason(), faults);
        faults.throwIfAny();
        int position = Billing.done(billing.confirmEnergy(operator.id(), session, reason));
        return CommandAnswer.of(new CommandOutcome(
                CommandOutcome.Kind.ACCEPTED,
                "The energy of session " + session + " is confirmed up to position " + position
                        + " of its timeline and has a price from now on."));
    }
}
