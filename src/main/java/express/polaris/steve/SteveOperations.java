package express.polaris.steve;

import express.polaris.steve.OperationOutcome.Accepted;
import express.polaris.steve.OperationOutcome.NoAnswer;
import express.polaris.steve.OperationOutcome.NotActive;
import express.polaris.steve.OperationOutcome.Refused;
import express.polaris.steve.OperationOutcome.Rejected;
import express.polaris.steve.OperationOutcome.Unreachable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remote operations on a station (OCPP 1.6, 5.11 and 5.12). A call takes up to 40 s, because SteVe waits 30 s for the
 * station. Calls are never retried: the station may have acted on a request whose answer was lost.
 */
public final class SteveOperations {

    private static final int MAX_BYTES = 1 << 20;
    private static final JsonMapper READER = new JsonMapper(SteveJson.FACTORY);

    private final SteveTransport transport;

    /** Shares the client's connection, circuit breakers and call count. */
    public SteveOperations(SteveClient client) {
        transport = client.transport();
    }

    /**
     * Asks a station to start. The answer contains no transaction id; the transaction appears in the list of active
     * ones.
     *
     * @param connectorId from 1; empty lets the station choose
     * @throws IllegalArgumentException for a connector below 1
     * @throws SteveUnavailable if SteVe itself gave no answer
     */
    public OperationOutcome remoteStart(String chargeBoxId, Optional<Integer> connectorId, String idTag) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("chargeBoxIdList", List.of(chargeBoxId));
        connectorId.ifPresent(connector -> {
            if (connector < 1) {
                throw new IllegalArgumentException(
                        "Connector %d of %s cannot start; connectors count from 1".formatted(connector, chargeBoxId));
            }
            body.put("connectorId", connector);
        });
        body.put("idTag", idTag);
        return operate("RemoteStartTransaction", chargeBoxId, body);
    }

    /**
     * Asks a station to stop a transaction.
     *
     * @throws SteveUnavailable if SteVe itself gave no answer
     */
    public OperationOutcome remoteStop(String chargeBoxId, long transactionId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("chargeBoxIdList", List.of(chargeBoxId));
        body.put("transactionId", transactionId);
        return operate("RemoteStopTransaction", chargeBoxId, body);
    }

    private OperationOutcome operate(String operation, String chargeBoxId, Map<String, Object> body) {
        SteveCall call = new SteveCall(
                "POST",
                "/operations/" + operation,
                "",
                Optional.of(SteveClient.WRITER.writeValueAsString(body)),
                "the responses of the station as JSON",
                transport.settings().limits().operationTimeout(),
                MAX_BYTES);
        SteveAnswer answer = transport.send(call);
        if (answer.status() == 400) {
            return answer.error().map(SteveOperations::declined).orElseThrow(answer::refused);
        }
        return SteveClient.read(SteveClient.successful(answer), in -> outcome(in.readAllBytes(), chargeBoxId));
    }

    /** SteVe's 400s differ only in their message. */
    private static OperationOutcome declined(SteveError error) {
        String message = error.message();
        if (message.startsWith("No stations are eligible")) {
            return new Unreachable();
        }
        if (message.startsWith("This transaction is not active")) {
            return new NotActive();
        }
        return new Refused(SteveJson.shortened(message));
    }

    private static OperationOutcome outcome(byte[] json, String chargeBoxId) {
        JsonNode answer;
        try {
            answer = READER.readTree(json);
        } catch (JacksonException e) {
            throw new UnreadableAnswer("it is not one whole JSON document");
        }
        if (!answer.path("taskFinished").isBoolean()) {
            throw new UnreadableAnswer("taskFinished is not true or false");
        }
        Optional<String> response = word(answer, "successResponses", chargeBoxId, "response");
        if (response.isPresent()) {
            return response.get().equals("Accepted") ? new Accepted() : new Rejected(response.get());
        }
        // Otherwise: a CALLERROR, an entry in "exceptions" (SteVe lost the station on the way), or no response yet.
        return word(answer, "errorResponses", chargeBoxId, "errorCode")
                .<OperationOutcome>map(Rejected::new)
                .orElseGet(NoAnswer::new);
    }

    private static Optional<String> word(JsonNode answer, String list, String chargeBoxId, String field) {
        JsonNode rows = answer.path(list);
        if (!rows.isArray()) {
            throw new UnreadableAnswer(list + " is not an array");
        }
        for (JsonNode row : rows) {
            if (row.path("chargeBoxId").asString("").equalsIgnoreCase(chargeBoxId)) {
                JsonNode word = row.path(field);
                if (!word.isString()) {
                    throw new UnreadableAnswer("%s in %s is not a string".formatted(field, list));
                }
                return Optional.of(SteveJson.shortened(word.stringValue()));
            }
        }
        return Optional.empty();
    }
}
