package express.polaris.demo.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** Real HTTP calls to a simulated SteVe. */
final class SteveCall implements AutoCloseable {

    record Answer(int status, Optional<String> contentType, String body, HttpResponse<InputStream> response) {
        JsonNode json() {
            return Recording.json(body);
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimulatedSteve steve;

    SteveCall(SimulatedSteve steve) {
        this.steve = steve;
    }

    Answer get(String pathBelowApi) {
        return send("GET", "/steve/api/v1" + pathBelowApi, Optional.empty(), "", Optional.of(basic()));
    }

    Answer patch(String pathBelowApi) {
        return send("PATCH", "/steve/api/v1" + pathBelowApi, Optional.empty(), "", Optional.of(basic()));
    }

    Answer post(String pathBelowApi, String json) {
        return send(
                "POST", "/steve/api/v1" + pathBelowApi, Optional.of("application/json"), json, Optional.of(basic()));
    }

    Answer replay(Recording recording) {
        return replay(recording, Optional.of(basic()));
    }

    Answer replay(Recording recording, Optional<String> authorization) {
        return send(
                recording.method(),
                recording.target(),
                recording.contentType(),
                recording.requestBody(),
                authorization);
    }

    String basic() {
        return basic(steve.username(), steve.password());
    }

    static String basic(String username, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Answer send(
            String method, String target, Optional<String> contentType, String body, Optional<String> authorization) {
        var request = HttpRequest.newBuilder(steve.baseUrl().resolve(URI.create(target)))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Accept-Encoding", "gzip");
        contentType.ifPresent(type -> request.header("Content-Type", type));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            var headers = response.headers();
            boolean gzip = headers.firstValue("content-encoding")
                    .filter("gzip"::equals)
                    .isPresent();
            try (var in = gzip ? new GZIPInputStream(response.body()) : response.body()) {
                return new Answer(
                        response.statusCode(),
                        headers.firstValue("content-type"),
                        new String(in.readAllBytes(), StandardCharsets.UTF_8),
                        response);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
