package express.polaris.demo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.testing.MutableClock;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedSteveTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final MutableClock clock = new MutableClock(NOON);
    private final SteveWorld world = new SteveWorld(clock);
    private final SimulatedSteve steve = new SimulatedSteve(world, Duration.ofMillis(20));
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

    @Test
    void aRestartKeepsThePortAndTheWorld() {
        long id = world.startTransaction("CP1", 1, "TAG1", NOON, 100);
        var before = steve.baseUrl();

        steve.stop();
        assertThatThrownBy(() -> call.get("/transactions")).isInstanceOf(UncheckedIOException.class);
        steve.start();

        assertThat(steve.baseUrl()).isEqualTo(before);
        assertThat(call.get("/transactions/" + id).status()).isEqualTo(200);
    }

    @Test
    void idsHaveGaps() {
        assertThat(world.startTransaction("CP1", 1, "TAG1", NOON, 0)).isEqualTo(1);
        assertThat(world.addTransactionWithGap(3, "CP1", 2, "TAG1", NOON, 0)).isEqualTo(5);
        assertThat(world.startTransaction("CP2", 1, "TAG1", NOON, 0)).isEqualTo(6);
    }

    @Test
    void aReinstalledSteveCountsFromOneAgain() {
        world.startTransaction("CP1", 1, "TAG1", NOON, 0);
        world.forgetEverything();

        assertThat(call.get("/transactions").body()).isEqualTo("[]");
        assertThat(world.startTransaction("CP2", 1, "TAG2", NOON, 0)).isEqualTo(1);
    }

    @Test
    void chargeBoxesAndTagsCompareWithoutCase() {
        world.startTransaction("CP1", 1, "TAG1", NOON, 0);

        assertThat(call.get("/transactions?chargeBoxId=cp1&ocppIdTag=tag1").json())
                .hasSize(1);
    }

    @Test
    void aStopCanBeRevised() {
        long id = world.startTransaction("CP1", 1, "TAG1", NOON, 100);
        world.addMeterValue(id, SimulatedMeterValue.energy(NOON.plusSeconds(60), 600));
        call.patch("/transactions/" + id + "/stop");
        assertThat(call.get("/transactions/" + id)
                        .json()
                        .at("/transaction/stopValue")
                        .stringValue())
                .isEqualTo("600");

        world.stopTransaction(id, NOON.plusSeconds(90), 900, Optional.of("Local"), StopActor.STATION);

        var revised = call.get("/transactions/" + id).json().path("transaction");
        assertThat(revised.path("stopValue").stringValue()).isEqualTo("900");
        assertThat(revised.path("stopEventActor").stringValue()).isEqualTo("station");
    }

    @Test
    void aManualStopWithoutReadingsUsesTheNextStartValueOrElseItsOwn() {
        long first = world.startTransaction("CP1", 1, "TAG1", NOON, 100);
        long second = world.startTransaction("CP1", 1, "TAG1", NOON.plusSeconds(600), 700);

        world.stopByHand(first);
        world.stopByHand(second);

        assertThat(world.transaction(first).orElseThrow().stopWattHours()).contains(700L);
        assertThat(world.transaction(first).orElseThrow().stoppedAt()).contains(NOON.plusSeconds(600));
        assertThat(world.transaction(second).orElseThrow().stopWattHours()).contains(700L);
    }

    @Test
    void anOrdinaryStationStartsAndStopsAtOnce() {
        world.addTag("TAG1");
        world.chargeBox("CP1");

        call.post(
                "/operations/RemoteStartTransaction",
                "{\"chargeBoxIdList\":[\"CP1\"],\"connectorId\":1,\"idTag\":\"TAG1\"}");
        var busy = call.post(
                "/operations/RemoteStartTransaction",
                "{\"chargeBoxIdList\":[\"CP1\"],\"connectorId\":1,\"idTag\":\"TAG1\"}");
        assertThat(busy.json().at("/successResponses/0/response").stringValue()).isEqualTo("Rejected");
        assertThat(world.activeTransactions()).hasSize(1);

        call.post("/operations/RemoteStopTransaction", "{\"chargeBoxIdList\":[\"CP1\"],\"transactionId\":1}");
        assertThat(world.activeTransactions()).isEmpty();
    }

    @Test
    void callsAreCountedByKind() {
        call.get("/transactions");
        call.get("/transactions?type=ACTIVE");
        call.get("/transactions/1");
        call.get("/ocppTags");

        assertThat(steve.callCount(CallKind.TRANSACTION_LIST)).isEqualTo(2);
        assertThat(steve.callCount(CallKind.TRANSACTION_DETAILS)).isEqualTo(1);
        assertThat(steve.callCount()).isEqualTo(4);
    }

    @Test
    void readingsAppearAtTheirTime() {
        long id = world.startTransaction("CP1", 1, "TAG1", NOON, 0);
        world.readings(id, MeterReadings.evenly(NOON, NOON.plusSeconds(600), 0, 1000, 10));

        assertThat(call.get("/transactions/" + id).json().path("values")).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        assertThat(call.get("/transactions/" + id).json().path("values")).hasSize(5);
        clock.advance(Duration.ofMinutes(5));
        assertThat(call.get("/transactions/" + id)
                        .json()
                        .at("/values/9/readingContext")
                        .stringValue())
                .isEqualTo("Transaction.End");
    }
}
