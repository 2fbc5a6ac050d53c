package express.polaris.demo.simulator;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Response of an endpoint. */
sealed interface ApiAnswer {

    /** JSON document, written field by field in SteVe's order. */
    record Json(int status, Consumer<JsonGenerator> body) implements ApiAnswer {}

    /** Status without body and content type. */
    record Empty(int status) implements ApiAnswer {}

    /** SteVe's 403 for a method that the path does not support. */
    record MethodNotAllowed(String allow) implements ApiAnswer {}

    /** SteVe's 403, an HTML page, for an unknown path. */
    record UnknownPath() implements ApiAnswer {}

    static ApiAnswer ok(Consumer<JsonGenerator> body) {
        return new Json(200, body);
    }
}
