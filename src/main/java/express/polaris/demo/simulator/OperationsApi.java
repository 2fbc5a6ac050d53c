package express.polaris.demo.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** {@code /operations}: remote start and remote stop. */
final class OperationsApi {

    private final SteveWorld world;
    private final Duration answerWait;
    private final AtomicInteger tasks = new AtomicInteger();

    /**
     * @param answerWait how long to wait for a silent station; 30 s in SteVe
     */
    OperationsApi(SteveWorld world, Duration answerWait) {
        this.world = world;
        this.answerWait = answerWait;
    }

    ApiAnswer answer(ApiRequest request) {
        if (request.path().size() != 2) {
            return new ApiAnswer.UnknownPath();
        }
        return switch (request.path().get(1)) {
            case "RemoteStartTransaction" -> request.method().equals("POST") ? remoteStart(request) : postOnly();
            case "RemoteStopTransaction" -> request.method().equals("POST") ? remoteStop(request) : postOnly();
            default -> new ApiAnswer.UnknownPath();
        };
    }

    private static ApiAnswer postOnly() {
        return new ApiAnswer.MethodNotAllowed("POST");
    }

    private ApiAnswer remoteStart(ApiRequest request) {
        var body = RequestBody.of(request);
        var chargeBoxId = onlyChargeBox(body);
        var idTag = body.text("idTag").orElseThrow(ApiFault::notUnderstood);
        var connectorId = body.number("connectorId");
        var tag = world.tag(idTag)
                .filter(known -> !known.isBlocked() && !known.isExpired(world.now()))
                .orElseThrow(() -> ApiFault.badRequest("Requested OCPP Tag is not eligible for this operation."
                        + " Ensure that the OCPP Tag is registered and active."));
        return send(online(chargeBoxId), station -> station.remoteStart(connectorId, tag.idTag()));
    }

    private ApiAnswer remoteStop(ApiRequest request) {
        var body = RequestBody.of(request);
        var chargeBoxId = onlyChargeBox(body);
        int transactionId = body.number("transactionId").orElseThrow(ApiFault::notUnderstood);
        var box = online(chargeBoxId);
        boolean activeHere = world.transaction(transactionId)
                .filter(SimulatedTransaction::isActive)
                .filter(transaction -> transaction.chargeBox().id().equalsIgnoreCase(chargeBoxId))
                .isPresent();
        if (!activeHere) {
            throw ApiFault.badRequest("This transaction is not active at this station.");
        }
        return send(box, station -> station.remoteStop(transactionId));
    }

    private static String onlyChargeBox(RequestBody body) {
        List<String> chargeBoxIds = body.texts("chargeBoxIdList");
        if (chargeBoxIds.size() != 1) {
            throw ApiFault.notUnderstood();
        }
        return chargeBoxIds.getFirst();
    }

    private SimulatedChargeBox online(String chargeBoxId) {
        return world.findChargeBox(chargeBoxId)
                .filter(box -> box.behaviour() != ChargeBoxBehaviour.OFFLINE)
                .orElseThrow(() -> ApiFault.badRequest("No stations are eligible for communication."
                        + " Ensure that the chargeBox IDs are correct and the stations are online."));
    }

    private ApiAnswer send(SimulatedChargeBox box, Predicate<ChargePointCommands> command) {
        var accepted = switch (box.behaviour()) {
            case ONLINE -> Optional.of(command.test(box.commands()));
            case REJECTS -> Optional.of(false);
            case SILENT, OFFLINE -> {
                Pause.of(answerWait);
                yield Optional.<Boolean>empty();
            }
        };
        int taskId = tasks.incrementAndGet();
        return ApiAnswer.ok(json -> {
            json.writeStartObject();
            json.writeNumberProperty("taskId", taskId);
            json.writeBooleanProperty("taskFinished", accepted.isPresent());
            json.writeArrayPropertyStart("successResponses");
            accepted.ifPresent(yes -> {
                json.writeStartObject();
                json.writeStringProperty("chargeBoxId", box.id());
                json.writeStringProperty("response", yes ? "Accepted" : "Rejected");
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeArrayPropertyStart("errorResponses");
            json.writeEndArray();
            json.writeArrayPropertyStart("exceptions");
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
