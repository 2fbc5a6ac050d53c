package express.polaris.simulator;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What an endpoint answers. */
sealed interface ApiAnswer {

    /** A JSON document, written field by field in SteVe's order. */
    record Json(int status, Consumer<JsonGenerator> body) implements ApiAnswer {}

    /** A status without body and without content type. */
    record Empty(int status) implements ApiAnswer {}

    /** SteVe's 403 for a method that the path does not have. */
    record MethodNotAllowed(String allow) implements ApiAnswer {}

    /** SteVe's 403, a page, for a path that it does not have. */
    record UnknownPath() implements ApiAnswer {}

    static ApiAnswer ok(Consumer<JsonGenerator> body) {
        return new Json(200, body);
    }
}
