package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API, as an OpenAPI document and as an HTML page. */
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
    void theDocumentIsOpenApi31AndRevealsNoInternals() {
        var document = document();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("servers").toString()).doesNotContain("127.0.0.1");
        assertThat(document.toString()).doesNotContain("express.polaris", "java.", "Optional", "NOBODY");
    }

    @Test
    void theDocumentHasEveryCallAndNoOther() {
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
    void tablesAreDescribedAsText() {
        var paths = document().path("paths");
        assertThat(List.of(
                        "/api/v1/sessions.csv",
                        "/api/v1/operator/bookkeeping/invoices.csv",
                        "/api/v1/operator/bookkeeping/payments.csv"))
                .extracting(
                        path -> paths.path(path).path("get").path("responses").path("200"))
                .extracting(
                        answer -> answer.path("description").asString(),
                        answer -> answer.path("content").toString())
                .containsOnly(tuple(
                        "RFC 4180, UTF-8, column names in the first line",
                        "{\"text/csv\":{\"schema\":{\"type\":\"string\"}}}"));
    }

    @Test
    void everyReferenceResolvesToASchema() {
        var document = document();
        var schemas = document.path("components").path("schemas");
        var references = Pattern.compile("\"#/components/schemas/([^\"]+)\"")
                .matcher(document.toString())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(references).isNotEmpty().allMatch(schemas::has);
    }

    /** Fails if two records share a name and one schema replaces the other. */
    @Test
    void everyCallIsDescribedByExactlyTheFieldsOfItsRecords() {
        var fields = new SchemaFields(document());
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach((mapping, handler) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> fields.check(path, method.name(), handler))));
        assertThat(fields.checked()).hasSizeGreaterThan(30);
    }

    @Test
    void decimalsAreDescribedAsStrings() {
        var session =
                document().path("components").path("schemas").path("ApiSession").path("properties");
        assertThat(session.path("energyKwh").path("type").asString()).isEqualTo("string");
        assertThat(session.path("powerKw").path("type").asString()).isEqualTo("string");
        assertThat(session.path("soc").path("type").asString()).isEqualTo("integer");
    }

    @Test
    void theHtmlDocumentationShowsEveryCall() {
        var page = portal.browser().get("/api/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("GET /api/v1/sessions/{id}/stream", "POST /api/v1/chargers/{chargeBoxId}/start", "ApiSession")
                .doesNotContain("style=", "http://", "https://");
    }
}
