package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** SteVe stub with answers from the test, and a client for it. */
final class FaultySteve implements AutoCloseable {

    static final String TRANSACTION = """
        {"id":7,"chargeBoxId":"CP1","connectorId":1,"ocppIdTag":"TAG1","startTimestamp":"2026-11-22T06:55:38.264Z",
         "startValue":"100","stopTimestamp":null,"stopValue":null,"stopReason":null,"stopEventActor":null}\
        """;

    final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().gzipDisabled(true));
    final SteveClient client;

    FaultySteve() {
        server.start();
        client = client(10_000, 1 << 20);
    }

    /** Another client with its own limits. */
    SteveClient client(int milliseconds, int maxBytes) {
        Duration timeout = Duration.ofMillis(milliseconds);
        return new SteveClient(SteveSettings.of(URI.create(server.baseUrl() + "/steve/"), "api", "secret")
                .withLimits(new SteveLimits(
                        Duration.ofSeconds(1), timeout, timeout, timeout, timeout, maxBytes, maxBytes)));
    }

    /** Returns this answer to every call. */
    void answers(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    /** Expects the call to fail with a message that contains no password. */
    static SteveUnavailable unavailable(ThrowingCallable call) {
        SteveUnavailable[] thrown = new SteveUnavailable[1];
        assertThatExceptionOfType(SteveUnavailable.class).isThrownBy(call).satisfies(e -> thrown[0] = e);
        assertThat(thrown[0].getMessage()).doesNotContain("secret", "c2VjcmV0");
        return thrown[0];
    }

    @Override
    public void close() {
        server.stop();
    }
}
