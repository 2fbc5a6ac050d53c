package express.polaris.stations.chargers;

import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Unavailable;
import express.polaris.steve.OperationOutcome;
import express.polaris.steve.SteveOperations;
import express.polaris.steve.SteveUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Sends remote stops (OCPP 1.6, 5.12). Call it outside transactions; it takes up to 40 s. The caller checks the
 * permission to stop the transaction. A repeated stop is sent again, which is harmless.
 */
@Service
public class RemoteStopService {

    private static final Logger log = LoggerFactory.getLogger(RemoteStopService.class);

    private final SteveOperations steve;

    RemoteStopService(SteveOperations steve) {
        this.steve = steve;
    }

    /**
     * Sends a remote stop and returns the charger's answer.
     *
     * @param transactionId id of the SteVe transaction, which is the session's id
     * @throws Conflict if the transaction is no longer active at that charger
     * @throws Unavailable if SteVe gave no answer
     */
    public CommandOutcome stop(ChargeBoxId chargeBox, long transactionId) {
        try {
            return switch (steve.remoteStop(chargeBox.value(), transactionId)) {
                case OperationOutcome.Accepted() ->
                    new CommandOutcome(CommandOutcome.Kind.ACCEPTED, "The charger accepted");
                case OperationOutcome.Rejected(var word) ->
                    new CommandOutcome(CommandOutcome.Kind.REJECTED, "The charger answered: " + word);
                case OperationOutcome.Unreachable() -> RemoteStartService.unreachable();
                case OperationOutcome.NoAnswer() -> RemoteStartService.noAnswer();
                case OperationOutcome.NotActive() -> throw new Conflict(ChargerReason.NOT_ACTIVE.with(transactionId));
                case OperationOutcome.Refused(var detail) -> {
                    log.info("SteVe rejected the stop of transaction {} at {}: {}", transactionId, chargeBox, detail);
                    yield new CommandOutcome(
                            CommandOutcome.Kind.REJECTED, "SteVe did not pass the stop on to the charger");
                }
            };
        } catch (SteveUnavailable e) {
            log.warn("Remote stop of transaction {} at {} failed: {}", transactionId, chargeBox, e.getMessage());
            throw new Unavailable(ChargerReason.STEVE_DOWN.with());
        }
    }
}
