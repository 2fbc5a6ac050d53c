package express.polaris.demo.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON object sent to SteVe. Ignores unknown fields. */
record RequestBody(JsonNode root) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Invalid JSON gets a 500 rather than a 400, as in SteVe. */
    static RequestBody of(ApiRequest request) {
        if (!request.contentType().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            var charset = request.contentType().contains("charset") ? "" : ";charset=UTF-8";
            throw ApiFault.internal("Content-Type '" + request.contentType() + charset + "' is not supported");
        }
        try {
            var root = JSON.readTree(request.body());
            if (!root.isObject()) {
                throw ApiFault.internal("JSON parse error: an object was expected");
            }
            return new RequestBody(root);
        } catch (JacksonException e) {
            throw ApiFault.internal("JSON parse error: " + e.getOriginalMessage());
        }
    }

    Optional<String> text(String field) {
        return root.path(field).stringValueOpt().filter(value -> !value.isBlank());
    }

    Optional<Integer> number(String field) {
        var value = root.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.canConvertToInt()) {
            throw ApiFault.notUnderstood();
        }
        return Optional.of(value.intValue());
    }

    List<String> texts(String field) {
        return root.path(field)
                .valueStream()
                .flatMap(value -> value.stringValueOpt().stream())
                .toList();
    }
}
