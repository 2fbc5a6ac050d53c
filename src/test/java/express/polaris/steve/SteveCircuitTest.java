package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static express.polaris.steve.FaultySteve.json;
import static express.polaris.steve.FaultySteve.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.steve.SteveUnavailable.Reason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Circuit breaker: SteVe is called rarely while it is unavailable, and soon again once it is back. */
class SteveCircuitTest {

    private final FaultySteve steve = new FaultySteve();

    @AfterEach
    void stop() {
        steve.close();
    }

    @Test
    void theCircuitStopsCallsWhileSteVeIsDownAndClosesOnceItIsBack() {
        steve.answers(aResponse().withStatus(503));
        IntStream.range(0, 5).forEach(i -> unavailable(() -> steve.client.transactions(TransactionFilter.active())));
        steve.answers(json("[]"));

        assertThat(unavailable(() -> steve.client.transactions(TransactionFilter.active()))
                        .reason())
                .isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(steve.client.callsMade()).isEqualTo(5);
        await().atMost(Duration.ofSeconds(4))
                .ignoreException(SteveUnavailable.class)
                .until(() -> steve.client
                        .transactions(TransactionFilter.active())
                        .transactions()
                        .isEmpty());
    }

    @Test
    void failingDetailsStopNeitherListsNorOperations() {
        steve.answers(json("[]"));
        steve.server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/7"))
                .willReturn(aResponse().withStatus(500)));
        steve.server.stubFor(
                any(urlPathEqualTo("/steve/api/v1/operations/RemoteStopTransaction"))
                        .willReturn(
                                json(
                                        "{\"taskId\":1,\"taskFinished\":true,\"successResponses\":[],\"errorResponses\":[],\"exceptions\":[]}")));
        IntStream.range(0, 5).forEach(i -> unavailable(() -> steve.client.transaction(7, true, SteveValues.NONE)));
        assertThat(unavailable(() -> steve.client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isEqualTo(Reason.CIRCUIT_OPEN);

        assertThat(steve.client.transactions(TransactionFilter.active()).transactions())
                .isEmpty();
        assertThat(new SteveOperations(steve.client).remoteStop("CP1", 7)).isEqualTo(new OperationOutcome.NoAnswer());
        assertThat(steve.client.circuit(SteveRoute.LISTS)).isEqualTo(SteveCircuit.CLOSED);
        assertThat(steve.client.circuit()).as("of all that is asked").isNotEqualTo(SteveCircuit.CLOSED);
    }

    @Test
    void anUnavailableSteVeIsTriedEveryTwoSecondsHoweverLongTheOutage() {
        steve.answers(aResponse().withStatus(503));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    unavailable(() -> steve.client.transactions(TransactionFilter.active()));
                    return steve.client.callsMade() >= 8;
                });
        steve.answers(json("[]"));

        await().atMost(Duration.ofMillis(3_500))
                .ignoreException(SteveUnavailable.class)
                .until(() -> steve.client
                        .transactions(TransactionFilter.active())
                        .transactions()
                        .isEmpty());
    }

    @Test
    void missingOrUnreadableTransactionsDoNotOpenTheCircuit() {
        steve.server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/7"))
                .willReturn(json("{\"status\":404,\"message\":\"There is no transaction with id '7'\"}")
                        .withStatus(404)));
        steve.server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/8")).willReturn(okJson("{")));

        for (int i = 0; i < 30; i++) {
            assertThat(steve.client.transaction(7, true, SteveValues.NONE)).isEmpty();
            assertThat(unavailable(() -> steve.client.transaction(8, true, SteveValues.NONE))
                            .reason())
                    .isEqualTo(Reason.UNREADABLE);
        }
        assertThat(steve.client.callsMade()).isEqualTo(60);
    }
}
