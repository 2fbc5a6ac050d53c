package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.CapturedLog;
import express.polaris.testing.Portal;
import express.polaris.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Red means that a client can cause a server error, a stack trace in the log, or an answer that is not the portal's
 * own, with bytes that no browser sends.
 */
@ApplicationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsTest {

    private static final String[] FOREIGN = {"Exception", "Tomcat", "HTTP Status", "at org.", "at java.", "Whitelabel"};

    private static final List<String> PROTECTION = List.of(
            "Content-Security-Policy",
            "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
            "Referrer-Policy",
            "Cache-Control");

    /** Answers to HTTP/0.9 have neither status nor headers. */
    private static final Set<String> HTTP_0_9 = Set.of("GET PATH", "GET", "GET  HTTP/1.1");

    /** Requests without an end, and HTTP/2: the connection is closed. */
    private static final Set<String> WITHOUT_ANSWER = Set.of(
            "HTTP/2 by prior knowledge",
            "only a carriage return",
            "cut off in the request line",
            "cut off in the headers");

    private final Portal portal;
    private final CapturedLog log = new CapturedLog();
    private final List<Route> always;
    private final List<Route> inTurn;
    private int turn;

    MalformedRequestsTest(Portal portal) {
        this.portal = portal;
        var cookie = "Cookie: polaris=" + portal.signedIn(portal.driver()).cookie("polaris") + "\r\n";
        var operator = "Cookie: polaris=" + portal.signedIn(portal.operator()).cookie("polaris") + "\r\n";
        var bearer = "Authorization: Bearer " + portal.token(portal.driver()) + "\r\n";
        var operatorBearer = "Authorization: Bearer " + portal.token(portal.operator()) + "\r\n";
        this.always = List.of(new Route("/sessions", cookie, false), new Route("/api/v1/sessions", bearer, true));
        this.inTurn = List.of(
                new Route("/sign-in", "", false),
                new Route("/operator", operator, false),
                new Route("/api/v1/operator/transactions", operatorBearer, true),
                new Route("/api/v1/stream", bearer, true),
                new Route("/assets/app.js", "", false),
                new Route("/actuator/health/liveness", "", true),
                new Route("/actuator/prometheus", operatorBearer, true));
    }

    /** @param signedIn header lines that authenticate */
    private record Route(String path, String signedIn, boolean isApi) {}

    @BeforeEach
    void startOver() {
        log.clear();
    }

    @AfterEach
    void noTrace() {
        assertThat(log.faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({
        "express.polaris.web.MalformedHeads#requestLines",
        "express.polaris.web.MalformedHeads#addresses",
        "express.polaris.web.MalformedHeads#hosts",
        "express.polaris.web.MalformedHeads#headers",
        "express.polaris.web.MalformedHeads#cookies",
        "express.polaris.web.MalformedBodies#bodies",
        "express.polaris.web.MalformedBodies#streamsOfBytes"
    })
    void theAnswerIsThePortalsOwn(MalformedRequest malformed) {
        var softly = new SoftAssertions();
        var routes = new ArrayList<>(always);
        routes.add(inTurn.get(turn++ % inTurn.size()));
        for (var route : routes) {
            var answers = RawHttp.exchange(portal.port(), malformed.to(route.path(), route.signedIn()));
            if (!HTTP_0_9.contains(malformed.name())) {
                softly.assertThat(answers.isEmpty())
                        .as(route.path())
                        .isEqualTo(WITHOUT_ANSWER.contains(malformed.name()));
            }
            answers.forEach(answer -> check(answer, route, malformed, softly));
        }
        softly.assertAll();
    }

    @Test
    void aReaderOfManyLanguagesGetsThePageInTheFirstOne() {
        var languages = "de-DE,de;q=0.9," + "it,fr,".repeat(200) + "en;q=0.8";
        var answer = portal.browser().withHeader("Accept-Language", languages).get("/sign-in");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("lang=\"de\"");
    }

    @Test
    void aTamperedReturnAddressLeadsToTheStartPage() {
        for (var address : List.of(
                "/[", "/%zz", "/|", "//other.example", "/\\other.example", "https://other.example", "/\u0000")) {
            var cookie = Base64.getUrlEncoder().encodeToString(address.getBytes(StandardCharsets.UTF_8));
            var answer = portal.browser()
                    .withCookie("polaris_return", cookie)
                    .post("/sign-in", Map.of("email", portal.driver().email(), "password", Portal.PASSWORD));
            assertThat(answer.headers().firstValue("Location")).as(address).contains("/");
        }
    }

    private static void check(RawHttp.Answer answer, Route route, MalformedRequest malformed, SoftAssertions softly) {
        if (HTTP_0_9.contains(malformed.name())) {
            softly.assertThat(answer.head() + answer.body()).as(route.path()).doesNotContain(FOREIGN);
            return;
        }
        softly.assertThat(answer.status()).as(route.path()).isBetween(100, 499);
        if (answer.status() < 400) {
            return;
        }
        softly.assertThat(PROTECTION)
                .as(route.path() + " " + answer.head())
                .allMatch(name -> answer.header(name).isPresent());
        softly.assertThat(answer.head() + answer.body()).as(route.path()).doesNotContain(FOREIGN);
        var type = answer.header("Content-Type").orElse("");
        if (malformed.request().startsWith("HEAD")) {
            return;
        }
        if (type.startsWith("application/problem+json")) {
            softly.assertThat(answer.body()).as(route.path()).contains("\"status\":" + answer.status());
        } else {
            softly.assertThat(type).as(route.path() + " " + answer.head()).startsWith("text/html");
            softly.assertThat(answer.body()).as(route.path()).contains("<h1>");
        }
    }
}
