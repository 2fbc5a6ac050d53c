package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditReason;
import express.polaris.accounts.SignedInAccount;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionReason;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.events.EnergyDecision.Use;
import express.polaris.sessions.events.EnergyDecisionService;
import express.polaris.stations.chargers.CommandOutcome;
import express.polaris.units.Energy;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators' decisions about the energy of a session, and confirmations of a jump of its register. */
@RestController
class OperatorEnergyApi {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");

    private final SessionService sessions;
    private final EnergyDecisionService decisions;
    private final OperatorTransactionWriter transactions;

    OperatorEnergyApi(
            SessionService sessions, EnergyDecisionService decisions, OperatorTransactionWriter transactions) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.transactions = transactions;
    }

    /**
     * @param use {@code steve}, {@code measured} or {@code value}
     * @param energyKwh decimal number from 0, as string or number; only with {@code value}
     */
    record Decision(Optional<String> use, Optional<Object> energyKwh, Optional<String> reason) {}

    record Confirmation(Optional<String> reason) {}

    @PostMapping("/api/v1/operator/transactions/{id}/energy")
    @Operation(
            summary = "Decide the energy of a session",
            description = "`use` is `steve` (SteVe's stop value − start value), `measured` (along the path of the"
                    + " readings) or `value` (with `energyKwh`). The closing event changes so that the session's energy"
                    + " is exactly that; what is already invoiced is corrected on the driver's next invoice. A"
                    + " later decision replaces an earlier one. 409 while the session is live, and if the chosen"
                    + " number does not exist.")
    OperatorTransactionJson decide(
            @PathVariable String id, @RequestBody Decision decision, @SignedInAccount Account operator) {
        var session = session(id);
        var faults = new FaultCollector();
        var use = decision.use().flatMap(Use::ofWireName);
        faults.require(use.isPresent(), "use", SessionReason.USE.with());
        var value = decision.energyKwh()
                .map(String::valueOf)
                .filter(text -> DECIMAL.matcher(text).matches())
                .map(text -> Energy.ofKilowattHours(new BigDecimal(text)))
                .filter(EnergyDecisionService::isCredible);
        use.ifPresent(chosen -> {
            if (chosen == Use.VALUE) {
                faults.require(value.isPresent(), "energyKwh", SessionReason.ENERGY.with());
            } else {
                faults.require(decision.energyKwh().isEmpty(), "energyKwh", SessionReason.ENERGY_UNUSED.with());
            }
        });
        var reason = AuditReason.of(decision.reason().orElse(""), faults);
        faults.throwIfAny();
        decisions.decide(operator.id(), session.id(), use.orElseThrow(), value, reason);
        return transactions.of(session(id));
    }

    @PostMapping("/api/v1/operator/transactions/{id}/confirm-energy")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Confirm a session's energy",
            description = "While the session is live: confirms the jump of its register up to the latest reading; it"
                    + " counts from the next read on, and a later jump needs its own confirmation. Once it has ended, SteVe's"
                    + " number counts, as with `\"use\": \"steve\"`. 409 without a jump and without a dispute.")
    CommandAnswer confirm(
            @PathVariable String id, @RequestBody Confirmation confirmation, @SignedInAccount Account operator) {
        var session = session(id);
        var faults = new FaultCollector();
        var reason = AuditReason.of(confirmation.reason().orElse(""), faults);
        faults.throwIfAny();
        return CommandAnswer.of(new CommandOutcome(
                CommandOutcome.Kind.ACCEPTED,
                session.isLive() ? confirmJump(operator, session.id(), reason) : useSteves(operator, session, reason)));
    }

    private String confirmJump(Account operator, SessionId id, String reason) {
        decisions.confirmJump(operator.id(), id, reason);
        return "The jump of session " + id + " is confirmed; its energy counts from the next read on.";
    }

    private String useSteves(Account operator, ChargingSession session, String reason) {
        if (session.energies().dispute().isEmpty()) {
            throw new Conflict(SessionReason.NOTHING_TO_CONFIRM.with(session.id()));
        }
        var decided = decisions.decide(operator.id(), session.id(), Use.STEVE, Optional.empty(), reason);
        return "SteVe's number counts for session " + session.id() + ": "
                + decided.energy().kilowattHours().stripTrailingZeros().toPlainString() + " kWh.";
    }

    private ChargingSession session(String id) {
        return SessionId.parse(id).flatMap(sessions::find).orElseThrow(NotFound::new);
    }
}
