package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.FaultCollector;
import express.polaris.platform.refusals.NotFound;
import express.polaris.platform.refusals.RequestReason;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@ApplicationTest
@Import(ApiProblemsTest.Things.class)
class ApiProblemsTest {

    private final Portal portal;
    private Browser script;

    ApiProblemsTest(Portal portal) {
        this.portal = portal;
        this.script = portal.browser();
    }

    @BeforeEach
    void signIn() {
        script = portal.withToken(portal.driver());
    }

    record Thing(Optional<String> text, Optional<BigDecimal> amount, Optional<Integer> count, List<Thing> parts) {}

    @RestController
    static class Things {

        @GetMapping("/api/v1/things")
        Map<String, Object> list(
                @RequestParam(defaultValue = "50") int limit,
                @RequestParam Optional<LocalDate> from,
                @RequestParam Optional<String> text) {
            return Map.of("amount", new BigDecimal("1E+3"), "at", Instant.EPOCH, "none", Optional.empty());
        }

        @GetMapping("/api/v1/required")
        Map<String, Object> required(@RequestParam String needed) {
            return Map.of();
        }

        @GetMapping({"/api/v1/things/{id}", "/things/{id}"})
        Map<String, Object> one(@PathVariable long id) {
            throw new NotFound();
        }

        @GetMapping("/api/v1/broken")
        Map<String, Object> broken() {
            throw new IllegalStateException("secret of the house");
        }

        @PostMapping("/api/v1/things")
        Thing create(@RequestBody Thing thing) {
            if (thing.text().isEmpty()) {
                new FaultCollector()
                        .add("text", RequestReason.TEXT.with())
                        .add("count", RequestReason.NUMBER.with())
                        .throwIfAny();
            }
            if (thing.text().equals(Optional.of("taken"))) {
                throw new Conflict(RequestReason.VALUE.with());
            }
            return thing;
        }
    }

    @Test
    void decimalsAreStringsAndInstantsAreUtc() {
        assertThat(script.get("/api/v1/things").body())
                .contains("\"amount\":\"1000\"", "\"at\":\"1970-01-01T00:00:00Z\"", "\"none\":null");
    }

    @Test
    void anInvalidQueryReturns400AndNamesTheParameter() {
        for (var query : new String[][] {
            {"limt=5", "limt"},
            {"limit=abc", "limit"},
            {"limit=99999999999999999999", "limit"},
            {"limit=1&limit=2", "limit"},
            {"from=2026-13-01", "from"},
            {"text=a%00b", "text"},
        }) {
            var response = script.get("/api/v1/things?" + query[0]);
            assertThat(response.statusCode()).as(query[0]).isEqualTo(400);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(response.body()).contains("\"field\":\"" + query[1] + "\"");
        }
        assertThat(script.get("/api/v1/required").body()).contains("400", "\\\"needed\\\" is missing");
    }

    @Test
    void aQueryThatIsNotValidTextIsNoServerError() {
        for (var query : new String[] {"text=%ff", "text=%C3%28", "%00=1", "text=%ED%A0%80"}) {
            assertThat(script.get("/api/v1/things?" + query).statusCode())
                    .as(query)
                    .isBetween(200, 499);
        }
    }

    @Test
    void everythingMissingReturnsTheSame404() {
        var bodies = List.of(
                        "/api/v1/things/1",
                        "/api/v1/things/abc",
                        "/api/v1/things/99999999999999999999",
                        "/api/v1/nothing",
                        "/api/v1/operator/things")
                .stream()
                .map(path -> script.get(path))
                .peek(response -> assertThat(response.statusCode()).isEqualTo(404))
                .map(response -> response.body() + response.headers().map().keySet())
                .distinct();
        assertThat(bodies).hasSize(1);
        var browser = portal.signedIn(portal.driver());
        var pages = List.of("/things/1", "/things/abc", "/nothing").stream()
                .map(path -> browser.get(path))
                .peek(response -> assertThat(response.statusCode()).isEqualTo(404))
                .map(response -> response.headers().map().keySet())
                .distinct();
        assertThat(pages).hasSize(1);
    }

    @Test
    void anInvalidBodyReturns422AndNamesTheField() {
        for (var body : new String[][] {
            {"{\"text\":\"a\",\"txet\":\"b\"}", "txet"},
            {"{\"text\":\"a\\u0000b\"}", "text"},
            {"{\"text\":\"\\ud800\"}", "text"},
            {"{\"text\":5}", "text"},
            {"{\"text\":\"a\",\"count\":\"5\"}", "count"},
            {"{\"text\":\"a\",\"count\":1.5}", "count"},
            {"{\"text\":\"a\",\"count\":99999999999}", "count"},
            {"{\"text\":\"a\",\"amount\":\"1E99999999\"}", "amount"},
            {"{\"text\":\"a\",\"amount\":true}", "amount"},
            {"{\"text\":\"a\",\"parts\":[{\"txet\":1}]}", "parts[0].txet"},
        }) {
            var response = script.call("POST", "/api/v1/things", body[0]);
            assertThat(response.statusCode()).as(body[0]).isEqualTo(422);
            assertThat(response.body()).contains("\"field\":\"" + body[1] + "\"");
        }
        assertThat(script.call("POST", "/api/v1/things", "{}").body())
                .contains("\"errors\":[{\"field\":\"text\",\"message\":\"Give a string.\"},{\"field\":\"count\"");
    }

    @Test
    void aBodyThatIsNotJsonReturns400() {
        for (var body :
                new String[] {"{", "nonsense", "[]", "\"text\"", "null", "{} {}", "{\"text\":\"a\",\"text\":\"b\"}"}) {
            assertThat(script.call("POST", "/api/v1/things", body).statusCode())
                    .as(body)
                    .isIn(400, 422);
        }
        assertThat(script.call("POST", "/api/v1/things", "").statusCode()).isIn(400, 415);
        assertThat(script.call("POST", "/api/v1/things", "[".repeat(100_000)).statusCode())
                .isEqualTo(400);
        assertThat(raw(new byte[] {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'}))
                .isEqualTo(400);
    }

    @Test
    void bodiesAreLimitedInSize() {
        var large = "{\"text\":\"" + "x".repeat(1_100_000) + "\"}";
        assertThat(script.call("POST", "/api/v1/things", large).statusCode()).isEqualTo(413);
        var unmeasured = HttpRequest.newBuilder(script.uri("/api/v1/things"))
                .header("Authorization", "Bearer " + portal.token(portal.driver()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertThat(script.exchange(unmeasured).statusCode()).isEqualTo(413);
    }

    @Test
    void wrongMethodsMediaTypesAndConflictsHaveTheirOwnStatus() {
        assertThat(script.call("DELETE", "/api/v1/me", "").statusCode()).isEqualTo(405);
        assertThat(script.call("DELETE", "/api/v1/me", "").headers().firstValue("Allow"))
                .isPresent();
        assertThat(script.send("GET", "/api/v1/me", Map.of("Accept", "application/cbor"), "")
                        .statusCode())
                .isEqualTo(406);
        assertThat(script.send("GET", "/api/v1/me", Map.of("Accept", "image/png"), "")
                        .statusCode())
                .isEqualTo(406);
        assertThat(script.send("POST", "/api/v1/things", Map.of("Content-Type", "text/plain"), "x")
                        .statusCode())
                .isEqualTo(415);
        assertThat(script.call("POST", "/api/v1/things", "{\"text\":\"taken\"}").body())
                .contains("409", "This value is not valid.");
    }

    @Test
    void aServerErrorRevealsNothing() {
        var response = script.get("/api/v1/broken");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret", "Exception", "express.polaris");
    }

    private int raw(byte[] body) {
        var request = HttpRequest.newBuilder(script.uri("/api/v1/things"))
                .header("Authorization", "Bearer " + portal.token(portal.driver()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return script.exchange(request).statusCode();
    }
}
