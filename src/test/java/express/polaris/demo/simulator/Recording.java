package express.polaris.demo.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded exchange with a real SteVe. */
record Recording(String name, JsonNode exchange) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Recording of(String name) {
        try (var in = Recording.class.getResourceAsStream("/express/polaris/steve/recordings/" + name + ".json")) {
            return new Recording(name, JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        return text.isEmpty() ? JSON.nullNode() : JSON.readTree(text);
    }

    String method() {
        return exchange.at("/request/method").stringValue();
    }

    /** Path and query as sent. */
    String target() {
        var query = exchange.at("/request/query").stringValueOpt();
        return exchange.at("/request/path").stringValue()
                + query.map(text -> "?" + text).orElse("");
    }

    Optional<String> contentType() {
        return exchange.at("/request/headers/content-type").stringValueOpt();
    }

    String requestBody() {
        var body = exchange.at("/request/body");
        return body.isNull() || body.isMissingNode()
                ? ""
                : body.stringValueOpt().orElseGet(body::toString);
    }

    int status() {
        return exchange.at("/response/status").intValue();
    }

    Optional<String> responseContentType() {
        return exchange.at("/response/contentType").stringValueOpt();
    }

    JsonNode body() {
        return exchange.at("/response/body");
    }

    Instant recordedAt() {
        return Instant.parse(exchange.path("recordedAt").stringValue());
    }
}
