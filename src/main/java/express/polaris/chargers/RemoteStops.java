package express.polaris.chargers;

import express.polaris.chargers.StopResult.Answered;
import express.polaris.chargers.StopResult.NotActive;
import express.polaris.chargers.StopResult.SteveDown;
import express.polaris.steve.OperationOutcome;
import express.polaris.steve.SteveOperations;
import express.polaris.steve.SteveUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Stops a charge from afar (OCPP 1.6, 5.12). Call it outside transactions; it takes up to 40 s. Whether somebody may stop
 * the transaction is the caller's to know. A repeated stop is sent again: it can do no harm.
 */
@Service
public class RemoteStops {

    private static final Logger log = LoggerFactory.getLogger(RemoteStops.class);

    private final SteveOperations steve;

    RemoteStops(SteveOperations steve) {
        this.steve = steve;
    }

    /** @param transactionId SteVe's, which is the session's id */
    public StopResult stop(ChargeBoxId chargeBox, long transactionId) {
        try {
            return switch (steve.remoteStop(chargeBox.value(), transactionId)) {
                case OperationOutcome.Accepted() ->
                    new Answered(new CommandOutcome(CommandOutcome.Kind.ACCEPTED, "The charger accepted"));
                case OperationOutcome.Rejected(var word) ->
                    new Answered(new CommandOutcome(CommandOutcome.Kind.REJECTED, "The charger answered: " + word));
                case OperationOutcome.Unreachable() -> new Answered(RemoteStarts.unreachable());
                case OperationOutcome.NoAnswer() -> new Answered(RemoteStarts.noAnswer());
                case OperationOutcome.NotActive() -> new NotActive();
                case OperationOutcome.Refused(var detail) -> {
                    log.info("SteVe refuses to stop transaction {} at {}: {}", transactionId, chargeBox, detail);
                    yield new Answered(new CommandOutcome(
                            CommandOutcome.Kind.REJECTED, "SteVe does not pass the stop on to the charger"));
                }
            };
        } catch (SteveUnavailable e) {
            log.warn("No stop of transaction {} at {}: {}", transactionId, chargeBox, e.getMessage());
            return new SteveDown();
        }
    }
}
