package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.Browser;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the API with an account's token and parses the responses. */
record Script(Browser browser) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonNode get(String path) {
        return json(200, browser.get("/api/v1" + path));
    }

    /** Makes a call and asserts its status. */
    JsonNode call(int status, String method, String path, String body) {
        return json(status, browser.call(method, "/api/v1" + path, body));
    }

    JsonNode refused(int status, String path) {
        return json(status, browser.get("/api/v1" + path));
    }

    /** The newest audit entry of the calling account; background work writes entries too. */
    JsonNode lastEntry() {
        var actor = get("/me").path("id").asString();
        return get("/operator/audit?limit=1&actorId=" + actor).path("items").path(0);
    }

    /** The names of the fields in a refusal. */
    static List<String> faults(JsonNode problem) {
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(fault -> fault.path("field").asString())
                .toList();
    }

    private static JsonNode json(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var type = response.headers().firstValue("Content-Type").orElse("");
        assertThat(type).isEqualTo(status < 400 ? "application/json" : "application/problem+json");
        return JSON.readTree(response.body());
    }
}
