package express.polaris.steve;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Request to SteVe's API.
 *
 * @param path below {@code /api/v1}, with a leading slash
 * @param query without the question mark; empty for none
 * @param expected description of the expected answer, for messages
 * @param maxBytes limit on the answer's size, compressed or not
 */
record SteveCall(
        String method,
        String path,
        String query,
        Optional<String> json,
        String expected,
        Duration timeout,
        long maxBytes) {

    static SteveCall get(String path, String query, String expected, Duration timeout, long maxBytes) {
        return new SteveCall("GET", path, query, Optional.empty(), expected, timeout, maxBytes);
    }

    /** Kind of call, without ids; a tag of metrics. */
    String kind() {
        if (path.startsWith("/operations/")) {
            return "operation";
        }
        if (path.startsWith("/ocppTags")) {
            return method.equals("GET") ? "tags" : "tag_update";
        }
        return switch (method) {
            case "PATCH" -> "stop";
            default -> path.equals("/transactions") ? "transactions" : "details";
        };
    }

    /** Route, i.e. the circuit breaker, of this call. */
    SteveRoute route() {
        return switch (kind()) {
            case "transactions" -> SteveRoute.LISTS;
            case "details" -> SteveRoute.DETAILS;
            default -> SteveRoute.COMMANDS;
        };
    }

    HttpRequest request(URI baseUrl, String authorization) {
        URI uri = URI.create(baseUrl + "/api/v1" + path + (query.isEmpty() ? "" : "?" + query));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip");
        if (json.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                        method,
                        json.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody))
                .build();
    }

    /** Method and path; omits the query because it may contain an idTag. */
    @Override
    public String toString() {
        return method + " /api/v1" + path;
    }

    SteveUnavailable unavailable(SteveSymptom symptom, String what) {
        return new SteveUnavailable(symptom, this + " " + what, Optional.of(expected), Optional.empty());
    }

    SteveUnavailable unavailable(SteveSymptom symptom, String what, Throwable cause) {
        return new SteveUnavailable(symptom, this + " " + what, Optional.of(expected), Optional.of(cause));
    }
}
