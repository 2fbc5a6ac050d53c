package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Fails if a caller who is not an operator can distinguish an operator's call from an unknown address. */
@ApplicationTest
class OperatorAccessTest {

    /** What is not there yet is created under the id that the caller chooses. */
    private static final Pattern CREATED_BY_PUT =
            Pattern.compile("/api/v1/operator/(chargers|driver-groups|time-bands|charger-groups|price-series)/1");

    private final Portal portal;
    private final RequestMappingHandlerMapping mappings;

    OperatorAccessTest(
            Portal portal, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.portal = portal;
        this.mappings = mappings;
    }

    private record Call(String method, String path) {}

    private List<Call> operatorCalls() {
        var calls = mappings.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/operator"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> new Call(method.name(), path.replaceAll("\\{[^}]+}", "1")))))
                .toList();
        assertThat(new TreeSet<>(calls.stream().map(Call::path).toList()))
                .contains("/api/v1/operator/drivers", "/api/v1/operator/cards/1/transfer", "/api/v1/operator/audit");
        return calls;
    }

    @Test
    void aDriverGetsTheSameAnswerAsForAnUnknownAddress() {
        var driver = portal.withToken(portal.driver());
        var nothing = driver.get("/api/v1/nothing");
        for (var call : operatorCalls()) {
            var answer = driver.call(call.method(), call.path(), call.method().equals("GET") ? "" : "{}");
            assertThat(answer.statusCode()).as(call.toString()).isEqualTo(404);
            assertThat(answer.body()).as(call.toString()).isEqualTo(nothing.body());
        }
    }

    @Test
    void anAnonymousCallerIsAskedToSignIn() {
        for (var call : operatorCalls()) {
            var answer = portal.browser()
                    .call(call.method(), call.path(), call.method().equals("GET") ? "" : "{}");
            assertThat(answer.statusCode()).as(call.toString()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    void anOperatorsWriteWithOnlyACookieIsRefused() {
        var page = portal.signedIn(portal.operator()).withoutCsrf();
        assertThat(page.call("POST", "/api/v1/operator/drivers", "{}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void unknownAndMalformedIdsGetTheSameAnswer() {
        var operator = portal.withToken(portal.operator());
        var nothing = operator.get("/api/v1/nothing").body();
        for (var call : operatorCalls()) {
            if (call.path().contains("/1")
                    && !CREATED_BY_PUT.matcher(call.path()).matches()) {
                for (var id : List.of("999999999", "x", "0x1", "-1", "01", "99999999999999999999")) {
                    var path = call.path().replaceFirst("/1", "/" + id);
                    var answer =
                            operator.call(call.method(), path, call.method().equals("GET") ? "" : "{}");
                    assertThat(answer.statusCode())
                            .as(call.method() + " " + path)
                            .isEqualTo(404);
                    assertThat(answer.body()).isEqualTo(nothing);
                }
            }
        }
    }
}
