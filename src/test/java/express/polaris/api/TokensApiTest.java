package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import org.junit.jupiter.api.Test;

@ApplicationTest
class TokensApiTest {

    private final Portal portal;

    TokensApiTest(Portal portal) {
        this.portal = portal;
    }

    @Test
    void aTokenIsIssuedUsedAndRevoked() {
        var driver = portal.driver();
        var made = portal.browser().call("POST", "/api/v1/tokens", body(driver.email(), Portal.PASSWORD));
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Set-Cookie")).isEmpty();
        var token = made.body().replaceFirst("(?s).*\"token\":\"([^\"]+)\".*", "$1");
        var script = portal.browser().withHeader("Authorization", "Bearer " + token);
        assertThat(script.get("/api/v1/me").body())
                .isEqualTo(
                        "{\"id\":%d,\"email\":\"%s\",\"name\":\"Driver\",\"role\":\"DRIVER\",\"locale\":\"en\",\"timeZone\":\"Europe/Berlin\"}"
                                .formatted(driver.id().value(), driver.email()));
        assertThat(script.call("DELETE", "/api/v1/tokens/current", "").statusCode())
                .isEqualTo(200);
        assertThat(script.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void knownAndUnknownAddressesGetTheSameAnswersAndLimits() {
        var known = portal.driver().email();
        var first = portal.browser().call("POST", "/api/v1/tokens", body(known, "wrong"));
        var second = portal.browser().call("POST", "/api/v1/tokens", body("nobody@people.example", "wrong"));
        assertThat(first.statusCode()).isEqualTo(401);
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(second.body()).isEqualTo(first.body());
        for (int i = 0; i < 3; i++) {
            portal.browser().call("POST", "/api/v1/tokens", body(known, "wrong"));
        }
        var blocked = portal.browser().call("POST", "/api/v1/tokens", body(known, Portal.PASSWORD));
        assertThat(blocked.statusCode()).isEqualTo(429);
        assertThat(blocked.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void allErrorsAreReportedAtOnceAndCountAsNoAttempt() {
        for (int i = 0; i < 8; i++) {
            var response = portal.browser().call("POST", "/api/v1/tokens", "{\"days\":91}");
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).contains("\"email\"", "\"password\"", "\"name\"", "\"days\"");
        }
    }

    private static String body(String email, String password) {
        return "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"script\"}".formatted(email, password);
    }
}
