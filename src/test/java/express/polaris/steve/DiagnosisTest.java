package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static express.polaris.steve.FaultySteve.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import express.polaris.testing.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call without a usable answer shows, by real connections and answers. */
class DiagnosisTest {

    private final FaultySteve steve = new FaultySteve();

    @AfterEach
    void stop() {
        steve.close();
    }

    private static SteveUnavailable failure(String address) {
        var client = new SteveClient(SteveSettings.of(URI.create(address), "api", "secret"));
        return unavailable(() -> client.transactions(TransactionFilter.active()));
    }

    private SteveUnavailable failure(ResponseDefinitionBuilder answer) {
        steve.answers(answer);
        return unavailable(() -> steve.client.transactions(TransactionFilter.active()));
    }

    @Test
    void anUnknownHostNameIsNotARefusedConnection() throws IOException {
        assertThat(failure("http://no-such-host.invalid/steve").symptom()).isEqualTo(SteveSymptom.UNKNOWN_HOST);
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var refused = failure("http://127.0.0.1:" + free + "/steve");
        assertThat(refused.symptom()).isEqualTo(SteveSymptom.CONNECTION_REFUSED);
        assertThat(refused.evidence()).isEqualTo("GET /api/v1/transactions found no connection to 127.0.0.1:" + free);
    }

    @Test
    void anUntrustedCertificateAndAPortWithoutTlsAreTlsFailures() {
        var encrypted = new WireMockServer(
                WireMockConfiguration.options().dynamicHttpsPort().httpDisabled(true));
        encrypted.start();
        try {
            encrypted.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200)));
            assertThat(failure("https://localhost:" + encrypted.httpsPort() + "/steve")
                            .symptom())
                    .isEqualTo(SteveSymptom.TLS_FAILED);
        } finally {
            encrypted.stop();
        }
        assertThat(failure("https://localhost:" + steve.server.port() + "/steve")
                        .symptom())
                .isEqualTo(SteveSymptom.TLS_FAILED);
    }

    @Test
    void aUserWithoutAnApiPasswordIsNotAWrongPassword() {
        var body = """
            {"error":"Unauthorized","message":"%s","path":"http://steve/x","status":401,\
            "timestamp":"2026-11-22T07:57:58.333Z"}""";
        var off = "The user does not exist, exists but is disabled or has API access disabled.";
        assertThat(failure(unauthorized()
                                .withHeader("Content-Type", "application/json")
                                .withBody(body.formatted(off)))
                        .symptom())
                .isEqualTo(SteveSymptom.API_ACCESS_OFF);
        assertThat(failure(unauthorized()
                                .withHeader("Content-Type", "application/json")
                                .withBody(body.formatted("Invalid password")))
                        .symptom())
                .isEqualTo(SteveSymptom.WRONG_PASSWORD);
        assertThat(failure(unauthorized().withBody("a proxy's own")).evidence())
                .endsWith("was answered with 401, not in SteVe's own JSON");
    }

    @Test
    void aRedirectToTheSignInPageIsAnAddressOfAPageAndLosesTheSession() {
        var signIn = failure(
                aResponse().withStatus(302).withHeader("Location", "/steve/manager/signin;jsessionid=node01abc.node0"));
        assertThat(signIn.symptom()).isEqualTo(SteveSymptom.SIGN_IN_PAGE);
        assertThat(signIn.evidence()).endsWith("302 to /steve/manager/signin").doesNotContain("node01abc");
        var moved = failure(aResponse().withStatus(301).withHeader("Location", "https://steve.example/steve?token=a"));
        assertThat(moved.symptom()).isEqualTo(SteveSymptom.REDIRECTED);
        assertThat(moved.evidence())
                .endsWith("301 to https://steve.example/steve")
                .doesNotContain("token");
        assertThat(failure(aResponse().withStatus(304)).evidence()).contains("304 to nowhere");
    }

    @Test
    void otherAnswersAreToldApartByTheirStatusAndType() {
        assertThat(failure(aResponse()
                                .withStatus(200)
                                .withHeader("Content-Type", "text/html")
                                .withBody("<p>"))
                        .symptom())
                .isEqualTo(SteveSymptom.OTHER_PAGE);
        assertThat(failure(aResponse().withStatus(403)).symptom()).isEqualTo(SteveSymptom.FORBIDDEN);
        assertThat(failure(aResponse().withStatus(404)).symptom()).isEqualTo(SteveSymptom.NOT_FOUND);
        assertThat(failure(aResponse().withStatus(400)).symptom()).isEqualTo(SteveSymptom.REFUSED);
        assertThat(failure(aResponse().withStatus(502)).symptom()).isEqualTo(SteveSymptom.SERVER_ERROR);
        assertThat(failure(FaultySteve.json("{\"status\":\"UP\"}")).symptom()).isEqualTo(SteveSymptom.OTHER_JSON);
    }

    /** A list that is not SteVe's means that SteVe does not answer; a transaction that is missing does not. */
    @Test
    void aListThatIsNotStevesIsAFailureOfSteve() {
        var health = new SteveHealth(new SimpleMeterRegistry(), new MutableClock());
        var client = new SteveClient(
                SteveSettings.of(URI.create(steve.server.baseUrl() + "/steve"), "api", "secret"), health);
        steve.answers(aResponse().withStatus(404));
        unavailable(() -> client.transactions(TransactionFilter.active()));
        assertThat(health.state().answeredAt()).isEmpty();
        steve.answers(FaultySteve.json("[]"));
        client.transactions(TransactionFilter.active());
        assertThat(health.state().isAnswering()).isTrue();
        for (var odd : new ResponseDefinitionBuilder[] {aResponse().withStatus(404), FaultySteve.json("{}")}) {
            steve.answers(odd);
            unavailable(() -> client.transactions(TransactionFilter.active()));
            assertThat(health.state().isAnswering()).isFalse();
            assertThat(new SteveProbe(client).glance(Duration.ofSeconds(5)))
                    .isInstanceOf(SteveProbe.Glance.Fails.class);
            assertThat(health.state().isAnswering()).isFalse();
            steve.answers(FaultySteve.json("[]"));
            client.transactions(TransactionFilter.active());
            assertThat(health.state().isAnswering()).isTrue();
        }
        steve.answers(aResponse().withStatus(404));
        unavailable(() -> client.transaction(7, true, SteveValues.NONE));
        assertThat(health.state().isAnswering()).isTrue();
        assertThat(health.state().failure().map(SteveHealth.Failure::symptom))
                .isEqualTo(Optional.of(SteveSymptom.OTHER_JSON));
    }
}
