package express.polaris.accounts.oidc;

import static express.polaris.accounts.oidc.IssuerTestKit.location;
import static express.polaris.accounts.oidc.IssuerTestKit.signIn;
import static express.polaris.accounts.oidc.IssuerTestKit.visit;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.Browser;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.StubIssuer;
import express.polaris.testing.StubIssuer.Person;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes on one database: any of them takes the issuer's answer, and its sign-out holds on both. */
class SingleSignOnNodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final StubIssuer ISSUER = new StubIssuer();
    private static final String[] SETTINGS = {
        "--polaris.public.url=https://portal.polaris.example",
        "--polaris.oidc.issuer=" + ISSUER.url(),
        "--polaris.oidc.client-id=" + StubIssuer.CLIENT,
        "--polaris.oidc.client-secret=" + StubIssuer.SECRET
    };

    private static RunningPortal one;
    private static RunningPortal two;

    @BeforeAll
    static void start() {
        one = RunningPortal.node(SETTINGS);
        two = one.another(SETTINGS);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        ISSUER.close();
    }

    @Test
    void anAnswerMayComeToAnotherNode() {
        ISSUER.person(Person.of(one.portal().driver().email()));
        var here = one.portal().browser();
        var started = here.get("/sign-in/oidc");
        var there = withCookieOf(
                "polaris_oidc_", started.headers().allValues("Set-Cookie").toString());
        assertThat(there.get(visit(here, location(started))).statusCode()).isEqualTo(303);
        assertThat(there.get("/api/v1/me").statusCode()).isEqualTo(200);
    }

    @Test
    void theIssuersSignOutAtOneNodeHoldsOnTheOther() {
        var person = Person.of(one.portal().driver().email());
        ISSUER.person(person);
        var here = one.portal().browser();
        signIn(here);
        var there = two.portal().browser().withCookie("polaris", String.valueOf(here.cookie("polaris")));
        assertThat(there.get("/api/v1/me").statusCode()).isEqualTo(200);
        var stream = there.stream("/api/v1/stream", Map.of());
        one.portal()
                .browser()
                .post("/sign-in/oidc/logout", Map.of("logout_token", ISSUER.logoutToken(person, claims -> {})));
        assertThat(there.get("/api/v1/me").statusCode()).isEqualTo(401);
        stream.awaitEnd();
    }

    @Test
    void aNodeWaitsWhileAnotherHasTheSignInConfirmed() {
        ISSUER.person(Person.of(one.portal().driver().email()));
        var here = one.portal().browser();
        signIn(here);
        var there = two.portal().browser().withCookie("polaris", String.valueOf(here.cookie("polaris")));
        one.bean(JdbcClient.class)
                .sql("update oidc_sign_ins set confirmed_at = confirmed_at - interval '2 hours'")
                .update();
        var answer = ISSUER.holdRefreshes();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asks = supplyAsync(() -> here.get("/api/v1/me").statusCode(), threads);
            await().until(() -> ISSUER.refreshes() == 1);
            var waits = supplyAsync(() -> there.get("/api/v1/me").statusCode(), threads);
            assertThat(waits).failsWithin(Duration.ofSeconds(1)).withThrowableOfType(TimeoutException.class);
            answer.countDown();
            assertThat(asks).succeedsWithin(PATIENCE).isEqualTo(200);
            assertThat(waits).succeedsWithin(PATIENCE).isEqualTo(200);
        }
        assertThat(ISSUER.refreshes()).isEqualTo(1);
    }

    /** A browser at the second node with a cookie that the first one has set. */
    private static Browser withCookieOf(String name, String setCookies) {
        var pair = setCookies
                .replaceAll("(?s).*(" + name + "[^=]*=[^;]*);.*", "$1")
                .split("=", 2);
        return two.portal().browser().withCookie(pair[0], pair[1]);
    }
}
