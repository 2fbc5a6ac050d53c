package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@ApplicationTest
class GateTest {

    private final Portal portal;

    GateTest(Portal portal) {
        this.portal = portal;
    }

    @Test
    void everyPageForbidsInlineScriptsAndFrames() {
        var headers = portal.browser().get("/sign-in").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void anAnonymousRequestIsRedirectedToSignInOnlyFromPages() {
        for (var path : new String[] {"/", "/sessions/1", "/operator", "/operator/drivers", "/no/such/page"}) {
            var page = portal.browser().get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(303);
            assertThat(page.headers().firstValue("Location")).contains("/sign-in");
        }
        for (var path : new String[] {"/api/v1/me", "/api/v1/operator/drivers", "/api/v1/nothing", "/actuator"}) {
            var call = portal.browser().get(path);
            assertThat(call.statusCode()).as(path).isEqualTo(401);
            assertThat(call.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(call.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    /** Fails if signing in again leads to the address of a background request instead of the first page. */
    @Test
    void onlyANavigationRemembersThePageToReturnTo() {
        var going = portal.browser().withHeader("Sec-Fetch-Mode", "navigate").get("/sessions");
        var background = portal.browser().withHeader("Sec-Fetch-Mode", "cors").get("/sessions");
        assertThat(going.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("polaris_return="));
        assertThat(background.headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("polaris_return="));
    }

    @Test
    void aWriteWithoutASignInReturns401() {
        assertThat(portal.browser()
                        .call("POST", "/api/v1/sessions/1/stop", "{}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void operatorAddressesAreNotFoundForDrivers() {
        var driver = portal.signedIn(portal.driver());
        var nothing = driver.get("/api/v1/nothing");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(answer(driver.get("/api/v1/operator/drivers"))).isEqualTo(answer(nothing));
        assertThat(answer(driver.get("/actuator/prometheus"))).isEqualTo(answer(nothing));
        var noPage = driver.get("/no/such/page");
        assertThat(noPage.statusCode()).isEqualTo(404);
        assertThat(answer(driver.get("/operator/drivers"))).isEqualTo(answer(noPage));
        assertThat(answer(driver.get("/operator"))).isEqualTo(answer(noPage));
    }

    @Test
    void processHealthIsPublicAndTheRestIsForOperators() {
        var anybody = portal.browser();
        assertThat(anybody.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(anybody.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(anybody.get("/actuator/health").statusCode()).isEqualTo(401);
        assertThat(portal.signedIn(portal.operator()).get("/actuator/health").body())
                .contains("\"components\"");
        assertThat(portal.withToken(portal.operator())
                        .get("/actuator/prometheus")
                        .statusCode())
                .isEqualTo(200);
        assertThat(portal.withToken(portal.driver()).get("/actuator/prometheus").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aWriteWithACookieRequiresTheCsrfHeaderAndWithATokenNone() {
        var driver = portal.driver();
        assertThat(portal.signedIn(driver)
                        .withoutCsrf()
                        .call("DELETE", "/api/v1/tokens/current", "")
                        .statusCode())
                .isEqualTo(403);
        // with the header it passes the CSRF check and is refused because a cookie is no token
        assertThat(portal.signedIn(driver)
                        .call("DELETE", "/api/v1/tokens/current", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(portal.withToken(driver)
                        .call("DELETE", "/api/v1/tokens/current", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongTokenIsRefusedDespiteAValidCookie() {
        var browser = portal.signedIn(portal.driver()).withHeader("Authorization", "Bearer polaris_wrong");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void forwardingHeadersOfUntrustedClientsAreIgnored() {
        var browser = portal.browser()
                .withHeader("X-Forwarded-Proto", "https")
                .withHeader("X-Forwarded-For", "192.0.2.1")
                .withHeader("Forwarded", "proto=https");
        var response = browser.post("/sign-in", Map.of("email", portal.driver().email(), "password", Portal.PASSWORD));
        assertThat(response.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("Secure"));
        assertThat(response.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void everyAnswerHasTheSecurityHeaders() {
        var driver = portal.signedIn(portal.driver());
        for (var path :
                new String[] {"/sign-in", "/", "/api/v1/me", "/nothing", "/manifest.webmanifest", "/service-worker.js"
                }) {
            for (var browser : new Browser[] {portal.browser(), driver}) {
                var headers = browser.get(path).headers();
                assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                        .as(path)
                        .contains("default-src 'none'", "frame-ancestors 'none'");
                assertThat(headers.firstValue("Permissions-Policy").orElse(""))
                        .as(path)
                        .contains("camera=()", "publickey-credentials-get=(self)");
                assertThat(headers.firstValue("Cross-Origin-Resource-Policy"))
                        .as(path)
                        .hasValue("same-origin");
                assertThat(headers.firstValue("Cross-Origin-Opener-Policy"))
                        .as(path)
                        .hasValue("same-origin");
                assertThat(headers.firstValue("X-Content-Type-Options"))
                        .as(path)
                        .hasValue("nosniff");
                assertThat(headers.firstValue("X-Frame-Options")).as(path).hasValue("DENY");
                assertThat(headers.firstValue("Referrer-Policy")).as(path).hasValue("same-origin");
                assertThat(headers.firstValue("Strict-Transport-Security"))
                        .as(path)
                        .isEmpty();
            }
        }
    }

    @Test
    void malformedPathsAreNotFound() {
        var driver = portal.signedIn(portal.driver());
        var nothing = answer(driver.get("/api/v1/nothing"));
        for (var id : new String[] {"1;x=1", "%0a", "%00", "%ff", "%2f"}) {
            assertThat(answer(driver.get("/api/v1/sessions/" + id))).as(id).isEqualTo(nothing);
        }
    }

    /**
     * The response without its date and without the header that depends on the connection having served a hundred
     * requests.
     */
    private static Map<String, Object> answer(HttpResponse<String> response) {
        var headers = new TreeMap<String, Object>(response.headers().map());
        headers.remove("date");
        headers.remove("connection");
        return Map.of("status", response.statusCode(), "headers", headers, "body", response.body());
    }
}
