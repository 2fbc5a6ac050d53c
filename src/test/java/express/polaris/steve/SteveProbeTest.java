package express.polaris.steve;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static express.polaris.steve.FaultySteve.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Report to the operator about a SteVe that is too old or unreachable. */
class SteveProbeTest {

    private final FaultySteve steve = new FaultySteve();

    @AfterEach
    void stop() {
        steve.close();
    }

    @Test
    void theProbeNamesTheMissingFeaturesOfAnOlderSteVe() {
        // 3.10: lists alone; unknown paths are 403.
        steve.answers(aResponse().withStatus(403));
        steve.server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions")).willReturn(okJson("[]")));
        assertThat(new SteveProbe(steve.client).probe().inWords())
                .isEqualTo("SteVe 3.13 or later is needed: remote operations (since 3.11), transaction details (since"
                        + " 3.12), stopping a transaction (since 3.12), energyValuesOnly (since 3.13) are missing");

        // 3.12: details, stop and operations; the unknown parameter is ignored.
        steve.answers(json("{\"status\":400,\"message\":\"Error understanding the request\"}")
                .withStatus(400));
        steve.server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions")).willReturn(okJson("[]")));
        steve.server.stubFor(get(urlPathEqualTo("/steve/api/v1/transactions/2147483647"))
                .willReturn(json("{\"status\":404,\"message\":\"There is no transaction with id '2147483647'\"}")
                        .withStatus(404)));
        assertThat(new SteveProbe(steve.client).probe().inWords())
                .isEqualTo("SteVe 3.13 or later is needed: energyValuesOnly (since 3.13) is missing");
    }

    @Test
    void theProbeReportsAnAddressWithoutASteVe() {
        steve.answers(aResponse().withStatus(404).withBody("nothing here"));

        assertThat(new SteveProbe(steve.client).probe())
                .isInstanceOfSatisfying(
                        SteveCapabilities.NotReachable.class,
                        it -> assertThat(it.inWords()).contains("is POLARIS_STEVE_BASE_URL the address of SteVe?"));
    }
}
