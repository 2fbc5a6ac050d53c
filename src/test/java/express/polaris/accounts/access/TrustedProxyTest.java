package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@ApplicationTest
@TestPropertySource(properties = "polaris.trusted-proxies=127.0.0.1,10.0.0.0/8")
class TrustedProxyTest {

    private final Portal portal;

    TrustedProxyTest(Portal portal) {
        this.portal = portal;
    }

    @Test
    void cookiesAreSecureBehindTls() {
        for (var header : new String[][] {{"X-Forwarded-Proto", "https"}, {"Forwarded", "for=192.0.2.1;proto=https"}}) {
            var response = portal.browser()
                    .withHeader(header[0], header[1])
                    .post("/sign-in", Map.of("email", portal.driver().email(), "password", Portal.PASSWORD));
            assertThat(response.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> !cookie.contains("Max-Age=0"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.contains("Secure"));
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");
        }
    }

    @Test
    void theClientIsTheLastAddressThatIsNotATrustedProxy() {
        for (int i = 0; i < 5; i++) {
            // addresses left of the client's are claimed by the client and give it no further attempts
            assertThat(trying("1.1.1." + i + ", 192.0.2.7, 10.0.0.3", "x" + i)).isEqualTo(401);
        }
        assertThat(trying("1.1.1.9, 192.0.2.7, 10.0.0.3", "x9")).isEqualTo(429);
        assertThat(trying("192.0.2.8, 10.0.0.3", "x10")).isEqualTo(401);
    }

    private int trying(String forwardedFor, String name) {
        return portal.browser()
                .withHeader("X-Forwarded-For", forwardedFor)
                .post("/sign-in", Map.of("email", name + "@people.example", "password", "wrong"))
                .statusCode();
    }
}
