package express.polaris.demo.simulator;

import java.io.Serial;

/** SteVe's error response {@code {error, message, path, status, timestamp}}. */
final class ApiFault extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final int status;
    private final String error;

    private ApiFault(int status, String error, String message) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
    }

    static ApiFault badRequest(String message) {
        return new ApiFault(400, "Bad Request", message);
    }

    /** SteVe never names the field. */
    static ApiFault notUnderstood() {
        return badRequest("Error understanding the request");
    }

    static ApiFault unauthorized(String message) {
        return new ApiFault(401, "Unauthorized", message);
    }

    static ApiFault notFound(String message) {
        return new ApiFault(404, "Not Found", message);
    }

    static ApiFault alreadyExists(String idTag) {
        return new ApiFault(422, "Unprocessable Entity", "The idTag '" + idTag + "' exists already.");
    }

    static ApiFault internal(String message) {
        return new ApiFault(500, "Internal Server Error", message);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
