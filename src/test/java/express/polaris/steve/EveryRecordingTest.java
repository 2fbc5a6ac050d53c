package express.polaris.steve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import express.polaris.metering.SampledValue;
import express.polaris.steve.OperationOutcome.Accepted;
import express.polaris.steve.OperationOutcome.NoAnswer;
import express.polaris.steve.OperationOutcome.NotActive;
import express.polaris.steve.OperationOutcome.Refused;
import express.polaris.steve.OperationOutcome.Rejected;
import express.polaris.steve.OperationOutcome.Unreachable;
import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each recorded answer on its own, compared with the same JSON read as a tree. */
class EveryRecordingTest {

    static Stream<String> details() {
        return RecordedSteve.names("tx-details-");
    }

    static Stream<String> lists() {
        return RecordedSteve.names("tx-list-");
    }

    static Stream<String> errors() {
        return RecordedSteve.names("err-");
    }

    @ParameterizedTest
    @MethodSource("details")
    void detailsHaveEveryValueOfTheJson(String name) {
        JsonNode json = RecordedSteve.recording(name).path("response").path("body");
        try (RecordedSteve steve = RecordedSteve.always(name)) {
            SteveTransactionDetails details = SteveTransactionDetails.of(
                            new SteveClient(steve.settings()),
                            json.path("transaction").path("id").longValue(),
                            false)
                    .orElseThrow();

            assertThat(details.unreadable()).isEmpty();
            assertThat(details.transaction()).isEqualTo(transaction(json.path("transaction")));
            List<SampledValue> expected = new ArrayList<>();
            json.path("values").forEach(value -> expected.add(value(value)));
            assertThat(details.values()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listsHaveEveryTransactionOfTheJson(String name) {
        JsonNode json = RecordedSteve.recording(name).path("response").path("body");
        try (RecordedSteve steve = RecordedSteve.always(name)) {
            SteveTransactionList list = new SteveClient(steve.settings()).transactions(TransactionFilter.all());

            assertThat(list.unreadable()).isEmpty();
            List<SteveTransaction> expected = new ArrayList<>();
            json.forEach(transaction -> expected.add(transaction(transaction)));
            assertThat(list.transactions()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void everyRecordedErrorIsRecognised(String name) {
        JsonNode recording = RecordedSteve.recording(name);
        String path = recording.path("request").path("path").stringValue();
        int status = recording.path("response").path("status").intValue();
        try (RecordedSteve steve = RecordedSteve.always(name)) {
            SteveClient client = new SteveClient(steve.settings());
            if (name.equals("err-404-unknown-pk")) {
                assertThat(client.transaction(99999, true, SteveValues.NONE)).isEmpty();
                // The same message about another transaction says nothing about this one.
                assertThat(catchThrowable(() -> client.transaction(9999, true, SteveValues.NONE)))
                        .isInstanceOf(SteveUnavailable.class);
                return;
            }
            Throwable thrown = catchThrowable(() -> {
                if (path.endsWith("/stop")) {
                    client.stopTransaction(99999);
                } else if (path.contains("/transactions/")) {
                    client.transaction(1, true, SteveValues.NONE);
                } else {
                    client.transactions(TransactionFilter.all());
                }
            });
            if (name.equals("err-404-stop-unknown-pk")) {
                assertThat(thrown).isInstanceOf(SteveTransactionNotFound.class);
                return;
            }
            Reason expected = switch (status) {
                case 302, 401 -> Reason.NOT_AUTHORISED;
                case 400, 403 -> Reason.REFUSED;
                case 500 -> Reason.SERVER_ERROR;
                default -> throw new IllegalStateException(name + " has a status of its own: " + status);
            };
            assertThat(thrown).isInstanceOfSatisfying(SteveUnavailable.class, e -> {
                assertThat(e.reason()).isEqualTo(expected);
                assertThat(e).hasMessageContaining("/api/v1/transactions").hasMessageContaining("expected");
                assertThat(e.getMessage()).doesNotContain(RecordedSteve.USERNAME + ":", RecordedSteve.PASSWORD);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "op-remotestart-400-blocked-tag, Refused",
        "op-remotestart-400-missing-chargebox, Refused",
        "op-remotestart-400-missing-tag, Refused",
        "op-remotestart-400-two-chargeboxes, Refused",
        "op-remotestart-400-unknown-tag, Refused",
        "op-remotestart-accepted, Accepted",
        "op-remotestart-no-connector, Rejected",
        "op-remotestart-offline-chargepoint, Unreachable",
        "op-remotestart-rejected-by-station, Rejected",
        "op-remotestart-station-does-not-answer, NoAnswer",
        "op-remotestart-unknown-chargepoint, Unreachable",
        "op-remotestop-400-unknown-transaction, NotActive",
        "op-remotestop-accepted, Accepted",
        "op-remotestop-accepted-cp30, Accepted",
        "op-remotestop-already-stopped, NotActive",
        "op-remotestop-offline-chargepoint, Unreachable",
        "op-remotestop-rejected-wrong-station, NotActive"
    })
    void operationsEndAsRecorded(String name, String expected) {
        JsonNode body = RecordedSteve.recording(name).path("request").path("body");
        String chargeBoxId = body.path("chargeBoxIdList").path(0).asString("CP30");
        try (RecordedSteve steve = RecordedSteve.always(name)) {
            SteveOperations operations = new SteveOperations(new SteveClient(steve.settings()));
            OperationOutcome outcome = name.startsWith("op-remotestart")
                    ? operations.remoteStart(chargeBoxId, Optional.of(1), "TAG1")
                    : operations.remoteStop(chargeBoxId, 20);

            assertThat(kind(outcome)).isEqualTo(expected);
        }
    }

    private static String kind(OperationOutcome outcome) {
        return switch (outcome) {
            case Accepted a -> "Accepted";
            case Rejected r -> r.word();
            case Unreachable u -> "Unreachable";
            case NoAnswer n -> "NoAnswer";
            case NotActive n -> "NotActive";
            case Refused r -> r.detail().isBlank() ? "without a word" : "Refused";
        };
    }

    private static SteveTransaction transaction(JsonNode json) {
        Optional<SteveStop> stop = text(json, "stopTimestamp")
                .map(at -> new SteveStop(
                        Instant.parse(at),
                        text(json, "stopValue"),
                        text(json, "stopReason"),
                        text(json, "stopEventActor")));
        return new SteveTransaction(
                json.path("id").longValue(),
                json.path("chargeBoxId").stringValue(),
                json.path("connectorId").intValue(),
                json.path("ocppIdTag").stringValue(),
                Instant.parse(json.path("startTimestamp").stringValue()),
                json.path("startValue").stringValue(),
                stop);
    }

    private static SampledValue value(JsonNode json) {
        return new SampledValue(
                Instant.parse(json.path("valueTimestamp").stringValue()),
                json.path("value").stringValue(),
                text(json, "readingContext"),
                text(json, "format"),
                text(json, "measurand"),
                text(json, "location"),
                text(json, "unit"),
                text(json, "phase"));
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.path(field).stringValueOpt();
    }
}
