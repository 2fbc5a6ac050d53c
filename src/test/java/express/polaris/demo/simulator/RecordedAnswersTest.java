package express.polaris.demo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the recorded requests to a simulated SteVe with the recorded data. Fails if the simulator answers differently
 * from the real SteVe.
 */
class RecordedAnswersTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T08:05:00Z"));
    private final SteveWorld world = RecordedWorld.withChargeBoxes(clock);
    private final SimulatedSteve steve = new SimulatedSteve(world, Duration.ofMillis(50));
    private final SteveCall call = new SteveCall(steve);

    @BeforeEach
    void start() {
        steve.start();
    }

    @AfterEach
    void stop() {
        call.close();
        steve.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tx-list-active",
                "tx-list-all",
                "tx-list-by-chargebox-and-connector",
                "tx-list-by-pk-list",
                "tx-list-by-tag",
                "tx-list-by-two-chargeboxes",
                "tx-list-default-no-params",
                "tx-list-from-ignored-without-periodtype",
                "tx-list-from-to",
                "tx-list-from-to-date-only",
                "tx-list-from-to-empty-window",
                "tx-list-from-to-exact-end-inclusive",
                "tx-list-from-to-exact-start-inclusive",
                "tx-list-from-to-stop-in-window-start-not",
                "tx-list-from-to-with-offset",
                "tx-list-last10",
                "tx-list-stopped",
                "tx-list-today",
                "tx-list-unknown-chargebox",
                "tx-list-unknown-param-ignored"
            })
    void listsAreTheRecordedOnes(String name) {
        RecordedWorld.addTransactions(world, Recording.of("tx-list-all").body());

        assertSameAnswer(Recording.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tx-list-all-final", "tx-list-active-final", "tx-list-stopped-final"})
    void finalListsAreTheRecordedOnes(String name) {
        RecordedWorld.addTransactions(world, Recording.of("tx-list-all-final").body());

        assertSameAnswer(Recording.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "active-after-remotestop",
                "active-during",
                "edge-cases",
                "kwh-units",
                "late-final",
                "long-500-readings",
                "meter-reset",
                "no-power",
                "no-reason",
                "no-stop-after-patch",
                "no-unit-no-context",
                "normal-finished",
                "power-only",
                "stop-late-and-after",
                "stop-with-transactiondata",
                "unknown-tag",
                "zero-energy"
            })
    void detailsAreTheRecordedOnes(String scenario) {
        var all = Recording.of("tx-details-" + scenario + "-energyonly-false");
        RecordedWorld.addDetails(world, all.body());

        assertSameAnswer(all);
        assertSameAnswer(Recording.of("tx-details-" + scenario + "-energyonly-true"));
    }

    @Test
    void detailsContainOnlyEnergyByDefault() {
        RecordedWorld.addDetails(
                world,
                Recording.of("tx-details-normal-finished-energyonly-false").body());

        assertSameAnswer(Recording.of("tx-details-default-param"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-stop", "meter-reset", "edge-cases"})
    void stopByHandTakesTheRecordedReading(String scenario) {
        var before = scenario.equals("no-stop") ? "no-stop-before-patch" : scenario;
        RecordedWorld.addDetails(
                world,
                Recording.of("tx-details-" + before + "-energyonly-false").body());
        var patch = scenario.equals("no-stop") ? "no-stop-transaction" : scenario;

        assertSameAnswer(Recording.of("patch-stop-200-" + patch));

        var after = Recording.of("tx-details-" + scenario + "-after-patch-energyonly-true");
        var answer = call.replay(after);
        assertThat(answer.json().path("transaction")).isEqualTo(after.body().path("transaction"));
    }

    @Test
    void aSecondStopIsAcceptedAndChangesNothing() {
        RecordedWorld.addTransactions(world, Recording.of("tx-list-all-final").body());

        assertSameAnswer(Recording.of("patch-stop-200-already-stopped"));

        assertSameAnswer(Recording.of("tx-list-all-final"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "err-400-bad-bool",
                "err-400-bad-date",
                "err-400-bad-enum",
                "err-400-bad-pk",
                "err-400-from-after-to",
                "err-400-period-from-to-missing-dates",
                "err-400-return-csv",
                "err-403-method-not-allowed",
                "err-403-unknown-path",
                "err-404-stop-unknown-pk",
                "err-404-unknown-pk",
                "err-500-database-down",
                "patch-stop-bad-pk",
                "tags-get-bad-pk-400",
                "tags-get-unknown-404",
                "tags-update-unknown-404",
                "tags-list-bad-enum-400",
                "tags-list-empty",
                "tags-create-malformed-json",
                "tags-create-wrong-content-type",
                "tags-create-no-idtag",
                "tags-create-bad-idtag",
                "tags-create-expiry-in-past",
                "tags-create-unknown-parent",
                "tags-delete-again-404"
            })
    void faultsAreTheRecordedOnes(String name) {
        steve.databaseDown(name.equals("err-500-database-down"));

        assertSameAnswer(Recording.of(name));
    }

    @Test
    void wrongCredentialsAreRefusedAsRecorded() {
        assertRefused("err-302-no-credentials", Optional.empty());
        assertRefused("err-302-no-credentials-post", Optional.empty());
        assertRefused("err-302-legacy-api-key-header", Optional.empty());
        assertRefused("err-302-bearer", Optional.of("Bearer abc"));
        assertRefused("err-401-malformed-authorization", Optional.of("Basic %%%"));
        assertRefused("err-401-unknown-user", Optional.of(SteveCall.basic("nobody", steve.password())));
        assertRefused("err-401-wrong-password", Optional.of(SteveCall.basic(steve.username(), "wrong")));
        assertThat(steve.callCount(CallKind.UNAUTHORIZED)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tags-list-200",
                "tags-list-by-idtag",
                "tags-list-blocked",
                "tags-list-in-transaction",
                "tags-get-one-200",
                "tags-update-200",
                "tags-update-partial-clears-fields",
                "tags-update-rename-ignored",
                "tags-update-reparent-200",
                "tags-create-duplicate-422",
                "tags-expire-200"
            })
    void tagAnswersAreTheRecordedOnes(String name) {
        RecordedWorld.addTags(world, Recording.of("tags-list-200").body());
        clock.set(Instant.parse("2026-11-22T08:02:16.508Z"));

        assertSameAnswer(Recording.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tags-create-minimal-201",
                "tags-create-parent-201",
                "tags-create-child-201",
                "tags-create-blocked-201",
                "tags-create-unknown-field"
            })
    void createdTagsAreTheRecordedOnes(String name) {
        if (name.equals("tags-create-child-201")) {
            world.addTag("TAG1");
            world.addTag("FLEET");
        }
        var recording = Recording.of(name);

        var answer = call.replay(recording);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(without(answer.json(), "ocppTagPk")).isEqualTo(without(recording.body(), "ocppTagPk"));
    }

    @Test
    void deletingATagReturnsItAndDeletesItsTransactions() {
        world.putTag(new SimulatedTag(37, "DEL1", Optional.empty(), Optional.empty(), 1, Optional.empty()));
        long id = world.startTransaction("CP7", 1, "del1", clock.instant(), 100);
        world.stopTransaction(id, clock.instant(), 100, Optional.of("Local"), StopActor.STATION);

        assertSameAnswer(Recording.of("tags-delete-with-transactions-200"));

        assertThat(call.get("/transactions/" + id).status()).isEqualTo(404);
        assertThat(call.get("/transactions").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "op-remotestart-400-blocked-tag",
                "op-remotestart-400-missing-chargebox",
                "op-remotestart-400-missing-tag",
                "op-remotestart-400-two-chargeboxes",
                "op-remotestart-400-unknown-tag",
                "op-remotestart-accepted",
                "op-remotestart-no-connector",
                "op-remotestart-offline-chargepoint",
                "op-remotestart-rejected-by-station",
                "op-remotestart-station-does-not-answer",
                "op-remotestart-unknown-chargepoint",
                "op-remotestop-400-unknown-transaction",
                "op-remotestop-accepted",
                "op-remotestop-accepted-cp30",
                "op-remotestop-already-stopped",
                "op-remotestop-offline-chargepoint",
                "op-remotestop-rejected-wrong-station"
            })
    void operationsEndAsRecorded(String name) {
        RecordedWorld.addTags(world, Recording.of("tags-list-200").body());
        world.startTransactionAs(3, "CP2", 1, "TAG2", clock.instant(), 0);
        world.startTransactionAs(10, "CP5", 1, "TAG5", clock.instant(), 0);
        switch (name) {
            case "op-remotestart-rejected-by-station" -> world.chargeBox("CP30").behaviour(ChargeBoxBehaviour.REJECTS);
            case "op-remotestop-accepted-cp30", "op-remotestop-rejected-wrong-station" ->
                world.startTransactionAs(20, "CP30", 1, "TAG1", clock.instant(), 0);
            case "op-remotestop-already-stopped" -> world.stopByHand(3);
            default -> {}
        }

        assertSameAnswer(Recording.of(name));
    }

    private void assertRefused(String name, Optional<String> authorization) {
        var recording = Recording.of(name);
        var answer = call.replay(recording, authorization);

        assertThat(answer.status()).as(name).isEqualTo(recording.status());
        assertThat(answer.contentType()).isEqualTo(recording.responseContentType());
        if (answer.status() == 302) {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.response().headers().firstValue("location").orElseThrow())
                    .startsWith("/steve/manager/signin");
        } else {
            assertThat(comparable(answer.json())).isEqualTo(comparable(recording.body()));
        }
    }

    private void assertSameAnswer(Recording recording) {
        var answer = call.replay(recording);

        assertThat(answer.status()).isEqualTo(recording.status());
        assertThat(answer.contentType()).isEqualTo(recording.responseContentType());
        if (answer.contentType().filter("application/json"::equals).isPresent()) {
            assertThat(comparable(answer.json())).isEqualTo(comparable(recording.body()));
        } else if (recording.body().isNull()) {
            assertThat(answer.body()).isEmpty();
        }
    }

    /**
     * The body as text, so that the order of fields counts, without values that depend on host, time and number of
     * calls.
     */
    private String comparable(JsonNode body) {
        return body.toString()
                .replaceAll("http://127\\.0\\.0\\.1:\\d+/", "http://host/")
                .replaceAll("\"timestamp\":\"[^\"]+\"", "\"timestamp\":\"t\"")
                .replaceAll("\"taskId\":\\d+", "\"taskId\":0");
    }

    private static ObjectNode without(JsonNode body, String field) {
        var copy = (ObjectNode) body.deepCopy();
        copy.remove(field);
        return copy;
    }
}
