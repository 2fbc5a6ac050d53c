package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static express.polaris.steve.FaultySteve.TRANSACTION;
import static express.polaris.steve.FaultySteve.json;
import static express.polaris.steve.FaultySteve.unavailable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import express.polaris.metering.SampledValue;
import express.polaris.steve.SteveUnavailable.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A SteVe that is down, slow or wrong costs only a bounded time. */
class SteveFaultsTest {

    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private final FaultySteve steve = new FaultySteve();

    @AfterEach
    void stop() {
        steve.close();
    }

    private void bothFailWith(Reason reason) {
        bothFailWith(steve.client, reason);
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
        steve.answers(aResponse().withStatus(302).withHeader("Location", steve.server.baseUrl() + "/signin"));

        bothFailWith(Reason.NOT_AUTHORISED);
        steve.server.verify(0, getRequestedFor(urlEqualTo("/signin")));
    }

    @Test
    void a401IsNotAuthorised() {
        steve.answers(aResponse().withStatus(401));

        bothFailWith(Reason.NOT_AUTHORISED);
    }

    @Test
    void aSignInPageWith200IsNotAuthorised() {
        steve.answers(aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>sign in</html>"));

        bothFailWith(Reason.NOT_AUTHORISED);
    }

    @Test
    void a500And502AreServerErrors() {
        steve.answers(aResponse().withStatus(500));
        bothFailWith(Reason.SERVER_ERROR);
        steve.answers(aResponse().withStatus(502).withBody("<html>bad gateway</html>"));
        bothFailWith(Reason.SERVER_ERROR);
    }

    @Test
    void a404OfAProxyIsNotAnUnknownTransaction() {
        steve.answers(aResponse()
                .withStatus(404)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>'7'</html>"));
        bothFailWith(Reason.REFUSED);
        steve.answers(json("{\"status\":404,\"error\":\"Not Found\",\"message\":\"No route\",\"path\":\"/x/7\"}")
                .withStatus(404));
        bothFailWith(Reason.REFUSED);
        assertThat(unavailable(() -> steve.client.stopTransaction(7)).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void truncatedJsonIsUnreadable() {
        steve.answers(json("[" + TRANSACTION + ",{\"id\":"));
        assertThat(unavailable(() -> steve.client.transactions(TransactionFilter.all()))
                        .reason())
                .isEqualTo(Reason.UNREADABLE);
        steve.answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":["));
        assertThat(unavailable(() -> steve.client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void jsonOfAnotherShapeIsUnreadable() {
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
            steve.answers(json(body));
            assertThat(unavailable(() -> steve.client.transaction(7, true, SteveValues.NONE))
                            .reason())
                    .as(body)
                    .isEqualTo(Reason.UNREADABLE);
            assertThat(unavailable(() -> steve.client.transactions(TransactionFilter.all()))
                            .reason())
                    .as(body)
                    .isEqualTo(Reason.UNREADABLE);
        }
    }

    @Test
    void aHangingAnswerIsCutOff() {
        steve.answers(json("[]").withFixedDelay(60_000));

        assertThat(timed(() -> bothFailWith(steve.client(300, 1 << 20), Reason.TIMEOUT)))
                .isLessThan(ENOUGH);
    }

    @Test
    void aTricklingAnswerIsCutOff() {
        steve.answers(json("[" + " ".repeat(1_000) + "]").withChunkedDribbleDelay(100, 60_000));

        assertThat(timed(() -> bothFailWith(steve.client(300, 1 << 20), Reason.TIMEOUT)))
                .isLessThan(ENOUGH);
    }

    @Test
    void detailsThatStallAreCutOff() {
        steve.answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[" + " ".repeat(100_000) + "]}")
                .withChunkedDribbleDelay(4, 60_000));

        assertThat(timed(() -> assertThat(
                                unavailable(() -> steve.client(300, 1 << 20).transaction(7, true, SteveValues.NONE))
                                        .reason())
                        .isEqualTo(Reason.TIMEOUT)))
                .isLessThan(ENOUGH);
    }

    @Test
    void detailsThatKeepArrivingMayExceedTheTimeout() {
        // 2 s of 48 kB each 200 ms: more than 16 kB/s, and no pause of 600 ms
        steve.answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[" + " ".repeat(480_000) + "]}")
                .withChunkedDribbleDelay(10, 2_000));

        assertThat(steve.client(600, 1 << 20).transaction(7, true, SteveValues.NONE))
                .isPresent();
    }

    @Test
    void detailsWhoseConnectionBreaksAreUnreachable() {
        steve.answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[" + " ".repeat(100_000) + "]}")
                .withHeader("Content-Length", "200000")
                .withHeader("Connection", "close"));

        assertThat(unavailable(() -> steve.client.transaction(7, true, SteveValues.NONE))
                        .reason())
                .isIn(Reason.UNREACHABLE, Reason.TIMEOUT);
    }

    @Test
    void anOutOfMemoryErrorDoesNotOpenTheCircuit() {
        steve.answers(json("{\"transaction\":" + TRANSACTION + ",\"values\":[{}]}"));
        var full = new SteveValues() {
            @Override
            public boolean wants(Optional<String> measurand, Optional<String> format) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public void dropped(Optional<String> measurand) {}

            @Override
            public void value(SampledValue value) {}

            @Override
            public void unreadable(UnreadableRow row) {}
        };

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> steve.client.transaction(7, true, full));
        assertThat(steve.client.circuit()).isEqualTo(SteveCircuit.CLOSED);
    }

    @Test
    void theTransactionMayFollowItsValues() {
        steve.answers(
                json("{\"values\":[{\"valueTimestamp\":\"2026-11-22T07:00:00Z\",\"value\":\"5\"}],\"transaction\":"
                        + TRANSACTION + "}"));

        var details = SteveTransactionDetails.of(steve.client, 7, true).orElseThrow();
        assertThat(details.transaction().id()).isEqualTo(7);
        assertThat(details.values()).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsUnreachable() {
        steve.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        bothFailWith(Reason.UNREACHABLE);
        steve.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
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
            steve.answers(json("").withBody(body).withHeader("Content-Encoding", "gzip"));
            bothFailWith(Reason.UNREADABLE);
        }
        steve.answers(json("[]").withHeader("Content-Encoding", "br"));
        bothFailWith(Reason.UNREADABLE);
    }

    @Test
    void anOversizedAnswerIsRefusedWithOrWithoutCompression() throws IOException {
        String blanks = " ".repeat(2 << 20);
        tooLarge("[" + blanks + "]", () -> steve.client.transactions(TransactionFilter.all()));
        tooLarge("{" + blanks + "}", () -> steve.client.transaction(7, true, SteveValues.NONE));
    }

    private void tooLarge(String body, ThrowingCallable call) throws IOException {
        steve.answers(json(body));
        assertThat(unavailable(call).reason()).isEqualTo(Reason.TOO_LARGE);
        steve.answers(
                json("").withBody(RecordedSteve.gzip(body.getBytes(UTF_8))).withHeader("Content-Encoding", "gzip"));
        assertThat(unavailable(call).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aBodyOfExactlyTheLimitIsAccepted() throws IOException {
        String body = "[" + TRANSACTION + "]";
        int size = body.getBytes(UTF_8).length;
        steve.answers(
                json("").withBody(RecordedSteve.gzip(body.getBytes(UTF_8))).withHeader("Content-Encoding", "gzip"));

        assertThat(steve.client(10_000, size)
                        .transactions(TransactionFilter.all())
                        .transactions())
                .hasSize(1);
        assertThat(unavailable(() -> steve.client(10_000, size - 1).transactions(TransactionFilter.all()))
                        .reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
