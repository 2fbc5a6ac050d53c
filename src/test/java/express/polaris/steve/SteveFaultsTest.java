package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import express.polaris.steve.SteveUnavailable.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A SteVe that is down, slow, wrong or lying costs nothing but a bounded time. */
class SteveFaultsTest {

    private static final Duration ENOUGH = Duration.ofSeconds(5);
    private static final String TRANSACTION = """
        {"id":7,"chargeBoxId":"CP1","connectorId":1,"ocppIdTag":"TAG1","startTimestamp":"2026-11-22T06:55:38.264Z",
         "startValue":"100","stopTimestamp":null,"stopValue":null,"stopReason":null,"stopEventActor":null}\
        """;

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().gzipDisabled(true));
    private final SteveClient client;

    SteveFaultsTest() {
        server.start();
        client = client(10_000, 1 << 20);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private SteveClient client(int milliseconds, int maxBytes) {
        Duration timeout = Duration.ofMillis(milliseconds);
        return new SteveClient(SteveSettings.of(URI.create(server.baseUrl() + "/steve/"), "api", "secret")
                .withLimits(new SteveLimits(
                        Duration.ofSeconds(1), timeout, timeout, timeout, timeout, maxBytes, maxBytes)));
    }

    private void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    private static SteveUnavailable unavailable(ThrowingCallable call) {
        SteveUnavailable[] thrown = new SteveUnavailable[1];
        assertThatExceptionOfType(SteveUnavailable.class).isThrownBy(call).satisfies(e -> thrown[0] = e);
        assertThat(thrown[0].getMessage()).doesNotContain("secret", "c2VjcmV0");
        return thrown[0];
    }

    private void bothFailWith(Reason reason) {
        bothFailWith(client, reason);
    }

    private static void bothFailWith(SteveClient client, Reason reason) {
        assertThat(unavailable(() -> client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isEqualTo(reason);
        assertThat(unavailable(() -> client.transactions(TransactionFilter.all()))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void aRedirectIsNotFollowed() {
        answers(aResponse().withStatus(302).withHeader("Location", server.baseUrl() + "/signin"));

        bothFailWith(Reason.NOT_AUTHORISED);
        server.verify(0, getRequestedFor(urlEqualTo("/signin")));
    }

    @Test
    void a401IsNotAuthorised() {
        answers(aResponse().withStatus(401));

        bothFailWith(Reason.NOT_AUTHORISED);
    }

    @Test
    void aSignInPageWith200IsNotAuthorised() {
        answers(aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>sign in</html>"));

        bothFailWith(Reason.NOT_AUTHORISED);
    }

    @Test
    void a500And502AreServerErrors() {
        answers(aResponse().withStatus(500));
        bothFailWith(Reason.SERVER_ERROR);
        answers(aResponse().withStatus(502).withBody("<html>bad gateway</html>"));
        bothFailWith(Reason.SERVER_ERROR);
    }

    @Test
    void a404OfAProxyIsNotAnUnknownTransaction() {
        answers(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>'7'</html>"));
        bothFailWith(Reason.REFUSED);
        answers(json("{\"status\":404,\"error\":\"Not Found\",\"message\":\"No route\",\"path\":\"/x/7\"}")
                .withStatus(404));
        bothFailWith(Reason.REFUSED);
        assertThat(unavailable(() -> client.stopTransaction(7)).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void halfAJsonIsUnreadable() {
        answers(json("[" + TRANSACTION + ",{\"id\":"));
        assertThat(unavailable(() -> client.transactions(TransactionFilter.all()))
                        .reason())
                .isEqualTo(Reason.UNREADABLE);
        answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":["));
        assertThat(unavailable(() -> client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void anotherShapeIsUnreadable() {
        for (String body : new String[] {
            "",
            "null",
            "7",
            "\"text\"",
            "{}",
            "[7]{}",
            "{\"transaction\":" + TRANSACTION + "}",
            "{\"transaction\":null,\"values\":[]}",
            "{\"transaction\":" + TRANSACTION + ",\"values\":{}}",
            "{\"transaction\":" + TRANSACTION.replace("7", "8") + ",\"values\":[]}",
            "{\"transaction\":" + TRANSACTION + ",\"transaction\":" + TRANSACTION + ",\"values\":[]}",
            "[".repeat(10_000)
        }) {
            answers(json(body));
            assertThat(unavailable(() -> client.transaction(7, true, SteveValues.NONE))
                            .reason())
                    .as(body)
                    .isEqualTo(Reason.UNREADABLE);
            assertThat(unavailable(() -> client.transactions(TransactionFilter.all()))
                            .reason())
                    .as(body)
                    .isEqualTo(Reason.UNREADABLE);
        }
    }

    @Test
    void anAnswerThatHangsIsCutOff() {
        answers(json("[]").withFixedDelay(60_000));

        assertThat(timed(() -> bothFailWith(client(300, 1 << 20), Reason.TIMEOUT)))
                .isLessThan(ENOUGH);
    }

    @Test
    void anAnswerThatTricklesIsCutOff() {
        answers(json("[" + " ".repeat(1_000) + "]").withChunkedDribbleDelay(100, 60_000));

        assertThat(timed(() -> bothFailWith(client(300, 1 << 20), Reason.TIMEOUT)))
                .isLessThan(ENOUGH);
    }

    @Test
    void detailsThatStopArrivingAreCutOff() {
        answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[" + " ".repeat(100_000) + "]}")
                .withChunkedDribbleDelay(4, 60_000));

        assertThat(timed(() -> assertThat(unavailable(() -> client(300, 1 << 20).transaction(7, true, SteveValues.NONE))
                                .reason())
                        .isEqualTo(Reason.TIMEOUT)))
                .isLessThan(ENOUGH);
    }

    @Test
    void detailsThatKeepArrivingMayTakeLongerThanOnesThatDoNot() {
        // 2 s of 48 kB each 200 ms: more than 16 kB/s, and no pause of 600 ms
        answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[" + " ".repeat(480_000) + "]}")
                .withChunkedDribbleDelay(10, 2_000));

        assertThat(client(600, 1 << 20).transaction(7, true, SteveValues.NONE)).isPresent();
    }

    @Test
    void detailsWhoseConnectionBreaksAreUnreachable() {
        answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[" + " ".repeat(100_000) + "]}")
                .withHeader("Content-Length", "200000")
                .withHeader("Connection", "close"));

        assertThat(unavailable(() -> client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isIn(Reason.UNREACHABLE, Reason.TIMEOUT);
    }

    @Test
    void memoryThatRunsOutIsNotSteVesFault() {
        answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[{}]}"));
        var full = new SteveValues() {
            @Override
            public boolean wants(Optional<String> measurand, Optional<String> format) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public void dropped(Optional<String> measurand) {}

            @Override
            public void value(SteveMeterValue value) {}

            @Override
            public void unreadable(UnreadableRow row) {}
        };

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> client.transaction(7, true, full));
        assertThat(client.circuit()).isEqualTo(SteveCircuit.CLOSED);
    }

    @Test
    void theTransactionMayComeAfterItsValues() {
        answers(json("{\"values\":[{\"valueTimestamp\":\"2026-11-22T07:00:00Z\",\"value\":\"5\"}],\"transaction\":"
                + TRANSACTION + "}"));

        var details = SteveTransactionDetails.of(client, 7, true).orElseThrow();
        assertThat(details.transaction().id()).isEqualTo(7);
        assertThat(details.values()).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsUnreachable() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        bothFailWith(Reason.UNREACHABLE);
        answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
        bothFailWith(Reason.UNREACHABLE);
    }

    @Test
    void aClosedPortAndAnUnknownHostAreUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (String base : new String[] {"http://127.0.0.1:" + port + "/steve", "http://steve.invalid/steve"}) {
            SteveClient nobody = new SteveClient(SteveSettings.of(URI.create(base), "api", "secret"));

            assertThat(unavailable(() -> nobody.transaction(7, true, SteveValues.NONE))
                            .reason())
                    .isEqualTo(Reason.UNREACHABLE);
            assertThat(new SteveProbe(nobody).probe()).isInstanceOf(SteveCapabilities.NotReachable.class);
        }
    }

    @Test
    void gzipGarbageIsUnreadable() throws IOException {
        byte[] packed = RecordedSteve.gzip(("[" + TRANSACTION + "]").getBytes(UTF_8));
        for (byte[] body : new byte[][] {"garbage".getBytes(UTF_8), Arrays.copyOf(packed, packed.length / 2)}) {
            answers(json("").withBody(body).withHeader("Content-Encoding", "gzip"));
            bothFailWith(Reason.UNREADABLE);
        }
        answers(json("[]").withHeader("Content-Encoding", "br"));
        bothFailWith(Reason.UNREADABLE);
    }

    @Test
    void anOversizedAnswerIsRefusedPackedOrNot() throws IOException {
        String blanks = " ".repeat(2 << 20);
        tooLarge("[" + blanks + "]", () -> client.transactions(TransactionFilter.all()));
        tooLarge("{" + blanks + "}", () -> client.transaction(7, true, SteveValues.NONE));
    }

    private void tooLarge(String body, ThrowingCallable call) throws IOException {
        answers(json(body));
        assertThat(unavailable(call).reason()).isEqualTo(Reason.TOO_LARGE);
        answers(json("").withBody(RecordedSteve.gzip(body.getBytes(UTF_8))).withHeader("Content-Encoding", "gzip"));
        assertThat(unavailable(call).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() throws IOException {
        String body = "[" + TRANSACTION + "]";
        int size = body.getBytes(UTF_8).length;
        answers(json("").withBody(RecordedSteve.gzip(body.getBytes(UTF_8))).withHeader("Content-Encoding", "gzip"));

        assertThat(client(10_000, size).transactions(TransactionFilter.all()).transactions())
                .hasSize(1);
        assertThat(unavailable(() -> client(10_000, size - 1).transactions(TransactionFilter.all()))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void manyIdsAreAskedForInSeveralCalls() {
        answers(json("[]"));

        client.transactions(
                TransactionFilter.byIds(LongStream.rangeClosed(1, 401).boxed().toList()));

        assertThat(client.callsMade()).isEqualTo(3); // 200 + 200 + 1
        server.verify(1, getRequestedFor(urlEqualTo("/steve/api/v1/transactions?type=ALL&transactionPk=1")));
    }

    @Test
    void whileSteVeIsDownItIsNotCalledAndOnceItIsBackItIs() {
        answers(aResponse().withStatus(503));
        IntStream.range(0, 5).forEach(i -> unavailable(() -> client.transactions(TransactionFilter.active())));
        answers(json("[]"));

        assertThat(unavailable(() -> client.transactions(TransactionFilter.active()))
                        .reason())
                .isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(client.callsMade()).isEqualTo(5);
        await().atMost(Duration.ofSeconds(4))
                .ignoreException(SteveUnavailable.class)
                .until(() -> client.transactions(TransactionFilter.active())
                        .transactions()
                        .isEmpty());
    }

    @Test
    void detailsThatFailStopNeitherListsNorOperations() {
        answers(json("[]"));
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/7"))
                .willReturn(aResponse().withStatus(500)));
        server.stubFor(
                any(urlPathEqualTo("/steve/api/v1/operations/RemoteStopTransaction"))
                        .willReturn(
                                json(
                                        "{\"taskId\":1,\"taskFinished\":true,\"successResponses\":[],\"errorResponses\":[],\"exceptions\":[]}")));
        IntStream.range(0, 5).forEach(i -> unavailable(() -> client.transaction(7, true, SteveValues.NONE)));
        assertThat(unavailable(() -> client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isEqualTo(Reason.CIRCUIT_OPEN);

        assertThat(client.transactions(TransactionFilter.active()).transactions())
                .isEmpty();
        assertThat(new SteveOperations(client).remoteStop("CP1", 7)).isEqualTo(new OperationOutcome.NoAnswer());
        assertThat(client.circuit(SteveRoute.LISTS)).isEqualTo(SteveCircuit.CLOSED);
        assertThat(client.circuit()).as("of all that is asked").isNotEqualTo(SteveCircuit.CLOSED);
    }

    @Test
    void howeverLongItWasAwayItIsTriedEveryTwoSeconds() {
        answers(aResponse().withStatus(503));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    unavailable(() -> client.transactions(TransactionFilter.active()));
                    return client.callsMade() >= 8;
                });
        answers(json("[]"));

        await().atMost(Duration.ofMillis(3_500))
                .ignoreException(SteveUnavailable.class)
                .until(() -> client.transactions(TransactionFilter.active())
                        .transactions()
                        .isEmpty());
    }

    @Test
    void transactionsThatAreGoneOrUnreadableDoNotOpenTheCircuit() {
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/7"))
                .willReturn(json("{\"status\":404,\"message\":\"There is no transaction with id '7'\"}")
                        .withStatus(404)));
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/8")).willReturn(okJson("{")));

        for (int i = 0; i < 30; i++) {
            assertThat(client.transaction(7, true, SteveValues.NONE)).isEmpty();
            assertThat(unavailable(() -> client.transaction(8, true, SteveValues.NONE))
                            .reason())
                    .isEqualTo(Reason.UNREADABLE);
        }
        assertThat(client.callsMade()).isEqualTo(60);
    }

    @Test
    void blockingWritesEverythingElseBack() {
        SteveOcppTag tag = new SteveOcppTag(
                3,
                "TAG2",
                Optional.of("FLEET"),
                Optional.of(Instant.parse("2027-12-31T23:59:59Z")),
                2,
                1,
                Optional.of("child \"of\" FLEET"));
        answers(json(
                "{\"ocppTagPk\":3,\"idTag\":\"TAG2\",\"maxActiveTransactionCount\":0,\"activeTransactionCount\":0}"));

        client.block(tag);

        server.verify(
                1,
                putRequestedFor(urlEqualTo("/steve/api/v1/ocppTags/3"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(equalToJson("""
                            {"idTag":"TAG2","parentIdTag":"FLEET","maxActiveTransactionCount":0,
                             "expiryDate":"2027-12-31T23:59:59.000Z","note":"child \\"of\\" FLEET"}\
                            """)));
    }

    @Test
    void aBlockThatDidNotTakeIsNotTakenForDone() {
        answers(json(
                "{\"ocppTagPk\":3,\"idTag\":\"TAG2\",\"maxActiveTransactionCount\":2,\"activeTransactionCount\":0}"));
        SteveOcppTag tag = new SteveOcppTag(3, "TAG2", Optional.empty(), Optional.empty(), 2, 0, Optional.empty());

        SteveUnavailable thrown = unavailable(() -> client.block(tag));

        assertThat(thrown.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(thrown.getMessage()).doesNotContain("TAG2");
        assertThatIllegalArgumentException().isThrownBy(() -> client.unblock(tag, 0));
    }

    @Test
    void aStationsCallErrorIsItsWordAndAnExceptionLeavesTheOutcomeOpen() {
        SteveOperations operations = new SteveOperations(client);
        String answer =
                "{\"taskId\":1,\"taskFinished\":true,\"successResponses\":[],\"errorResponses\":[%s],\"exceptions\":[%s]}";
        answers(json(answer.formatted(
                "{\"chargeBoxId\":\"cp1\",\"errorCode\":\"NotSupported\",\"errorDescription\":null}", "")));
        assertThat(operations.remoteStop("CP1", 7)).isEqualTo(new OperationOutcome.Rejected("NotSupported"));

        answers(json(answer.formatted("", "{\"chargeBoxId\":\"CP1\",\"exceptionMessage\":\"closed\"}")));
        assertThat(operations.remoteStop("CP1", 7)).isEqualTo(new OperationOutcome.NoAnswer());

        answers(json("{\"taskId\":1}"));
        assertThat(unavailable(() -> operations.remoteStop("CP1", 7)).reason()).isEqualTo(Reason.UNREADABLE);
        answers(json("[]").withFixedDelay(60_000));
        SteveOperations impatient = new SteveOperations(client(300, 1 << 20));
        assertThat(unavailable(() -> impatient.remoteStop("CP1", 7)).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void theProbeNamesWhatAnOlderSteVeLacks() {
        // 3.10: lists alone; unknown paths are 403.
        answers(aResponse().withStatus(403));
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions")).willReturn(okJson("[]")));
        assertThat(new SteveProbe(client).probe().inWords())
                .isEqualTo("SteVe 3.13 or later is needed: remote operations (since 3.11), transaction details (since"
                        + " 3.12), stopping a transaction (since 3.12), energyValuesOnly (since 3.13) are missing");

        // 3.12: details, stop and operations; the unknown parameter is ignored.
        answers(json("{\"status\":400,\"message\":\"Error understanding the request\"}")
                .withStatus(400));
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions")).willReturn(okJson("[]")));
        server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/2147483647"))
                .willReturn(json("{\"status\":404,\"message\":\"There is no transaction with id '2147483647'\"}")
                        .withStatus(404)));
        assertThat(new SteveProbe(client).probe().inWords())
                .isEqualTo("SteVe 3.13 or later is needed: energyValuesOnly (since 3.13) is missing");
    }

    @Test
    void theProbeSaysWhenThereIsNoSteVeAtThatAddress() {
        answers(aResponse().withStatus(404).withBody("nothing here"));

        assertThat(new SteveProbe(client).probe())
                .isInstanceOfSatisfying(
                        SteveCapabilities.NotReachable.class,
                        it -> assertThat(it.inWords()).contains("is the base URL that of SteVe?"));
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
