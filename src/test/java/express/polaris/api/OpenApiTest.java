package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's description, for programs and for people. */
@ApplicationTest
class OpenApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Portal portal;
    private final RequestMappingHandlerMapping requestMappingHandlerMapping;

    OpenApiTest(Portal portal, RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.portal = portal;
        this.requestMappingHandlerMapping = requestMappingHandlerMapping;
    }

    private JsonNode document() {
        var answer = portal.browser().call("GET", "/v3/api-docs", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void itIsOpenApi31AndSaysNothingOfTheInside() {
        var document = document();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("servers").toString()).doesNotContain("127.0.0.1");
        assertThat(document.toString()).doesNotContain("express.polaris", "java.", "Optional", "NOBODY");
    }

    @Test
    void everyCallIsInItAndNothingElse() {
        var called = requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/"))
                        .map(path -> entry.getKey().getMethodsCondition().getMethods() + " " + path))
                .collect(Collectors.toSet());
        var described = document().path("paths").properties().stream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .map(operation ->
                                "[" + operation.getKey().toUpperCase(java.util.Locale.ROOT) + "] " + path.getKey()))
                .collect(Collectors.toSet());
        assertThat(described).isEqualTo(called).hasSizeGreaterThan(10);
    }

    @Test
    void everyReferenceLeadsToASchemaOfOneClass() {
        var document = document();
        var schemas = document.path("components").path("schemas");
        var references = Pattern.compile("\"#/components/schemas/([^\"]+)\"")
                .matcher(document.toString())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(references).isNotEmpty().allMatch(schemas::has);
        var names = new HashSet<String>();
        assertThat(answeredRecords()).allMatch(type -> names.add(type.getSimpleName()), "has a name of its own");
    }

    @Test
    void decimalsAreTextInIt() {
        var session =
                document().path("components").path("schemas").path("ApiSession").path("properties");
        assertThat(session.path("energyKwh").path("type").asString()).isEqualTo("string");
        assertThat(session.path("powerKw").path("type").asString()).isEqualTo("string");
        assertThat(session.path("soc").path("type").asString()).isEqualTo("integer");
    }

    @Test
    void thePageForPeopleShowsEveryCall() {
        var page = portal.browser().get("/api/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("GET /api/v1/sessions/{id}/stream", "POST /api/v1/chargers/{chargeBoxId}/start", "ApiSession")
                .doesNotContain("style=", "http://", "https://");
    }

    private Set<Class<?>> answeredRecords() {
        return requestMappingHandlerMapping.getHandlerMethods().values().stream()
                .map(HandlerMethod::getMethod)
                .map(method -> (Class<?>) method.getReturnType())
                .filter(Class::isRecord)
                .filter(type -> !type.equals(Listing.class))
                .collect(Collectors.toSet());
    }
}
