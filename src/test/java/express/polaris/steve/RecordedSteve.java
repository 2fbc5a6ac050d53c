package express.polaris.steve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers over HTTP as a real SteVe did for the same credentials and requests. */
final class RecordedSteve implements AutoCloseable {

    static final String USERNAME = "api";
    static final String PASSWORD = "correct horse";

    private static final Path RECORDINGS = Path.of("src/test/resources/express/polaris/steve/recordings");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
    private final Optional<JsonNode> always;

    private RecordedSteve(Optional<JsonNode> always) {
        this.always = always;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers every request with one recording. */
    static RecordedSteve always(String recording) {
        return new RecordedSteve(Optional.of(recording(recording).path("response")));
    }

    /** Answers each request with its recording. Two recordings for the same request are refused. */
    static RecordedSteve of(Stream<String> recordings) {
        RecordedSteve steve = new RecordedSteve(Optional.empty());
        recordings.forEach(name -> {
            JsonNode request = recording(name).path("request");
            String body =
                    request.path("body").isNull() ? "" : request.path("body").toString();
            steve.also(
                    request.path("method").stringValue(),
                    request.path("path").stringValue().replace("/steve/api/v1", ""),
                    request.path("query").asString(""),
                    body,
                    name);
        });
        return steve;
    }

    /** Adds a recorded answer for a request that differs from the recorded one without changing the answer. */
    void also(String method, String path, String query, String body, String recording) {
        JsonNode answer = recording(recording).path("response");
        JsonNode before = answers.put(key(method, "/steve/api/v1" + path, query, body), answer);
        if (before != null && !before.path("body").equals(answer.path("body"))) {
            throw new IllegalStateException(recording + " answers a request that has another answer already");
        }
    }

    static Stream<String> names(String prefix) {
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            return files
                    .map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode recording(String name) {
        try {
            return JSON.readTree(Files.readAllBytes(RECORDINGS.resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI baseUrl() {
        return URI.create(
                "http://127.0.0.1:%d/steve".formatted(server.getAddress().getPort()));
    }

    SteveSettings settings() {
        return SteveSettings.of(baseUrl(), USERNAME, PASSWORD);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body;
            try (InputStream in = exchange.getRequestBody()) {
                body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            URI uri = exchange.getRequestURI();
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            String key = key(exchange.getRequestMethod(), uri.getRawPath(), query, body);
            JsonNode answer = always.or(() -> unauthorised(exchange))
                    .or(() -> Optional.ofNullable(answers.get(key)))
                    .orElseGet(() ->
                            JSON.readTree("{\"status\":501,\"contentType\":\"text/plain\",\"headers\":{},\"body\":\"not"
                                    + " recorded\"}"));
            respond(exchange, answer);
        }
    }

    private static Optional<JsonNode> unauthorised(HttpExchange exchange) {
        String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (!given.startsWith("Basic ")) {
            return Optional.of(recording("err-302-no-credentials").path("response"));
        }
        String credentials = new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8);
        return credentials.equals(USERNAME + ":" + PASSWORD)
                ? Optional.empty()
                : Optional.of(recording("err-401-wrong-password").path("response"));
    }

    private static void respond(HttpExchange exchange, JsonNode answer) throws IOException {
        JsonNode recorded = answer.path("body");
        byte[] body = recorded.isNull()
                ? new byte[0]
                : (recorded.isString() ? recorded.stringValue() : recorded.toString()).getBytes(StandardCharsets.UTF_8);
        if (!answer.path("contentType").isNull()) {
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.path("contentType").stringValue());
        }
        for (String header : List.of("location", "content-encoding")) {
            if (answer.path("headers").path(header).isString()) {
                exchange.getResponseHeaders()
                        .set(header, answer.path("headers").path(header).stringValue());
            }
        }
        if (exchange.getResponseHeaders().containsKey("Content-Encoding")) {
            body = gzip(body);
        }
        exchange.sendResponseHeaders(answer.path("status").intValue(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static String key(String method, String path, String query, String body) {
        JsonNode json = body.isEmpty() ? JSON.nullNode() : JSON.readTree(body);
        return method + " " + path + " " + meaning(query) + " " + sorted(json);
    }

    private static String sorted(JsonNode json) {
        TreeSet<String> fields = new TreeSet<>();
        json.properties().forEach(field -> fields.add(field.toString()));
        return fields.toString();
    }

    /** Normalises a query: drops its order and parameters that equal SteVe's defaults. */
    private static String meaning(String query) {
        TreeSet<String> meaning = new TreeSet<>();
        Arrays.stream(query.split("&"))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .flatMap(RecordedSteve::single)
                .map(part -> part.replaceAll("(:\\d\\d)Z$", "$1.000Z"))
                // SteVe's database compares tags ignoring case.
                .map(part -> part.startsWith("idTag=") ? part.toUpperCase(Locale.ROOT) : part)
                // All recorded transactions had started within ten days.
                .map(part -> part.equals("periodType=LAST_90") ? "periodType=LAST_10" : part)
                .filter(part -> !part.isEmpty() && !part.endsWith("=ALL") && !part.equals("energyValuesOnly=true"))
                .forEach(meaning::add);
        return meaning.toString();
    }

    /** SteVe accepts a list as repeated parameters or as one with commas. */
    private static Stream<String> single(String part) {
        return part.startsWith("transactionPk=")
                ? Arrays.stream(part.substring("transactionPk=".length()).split(","))
                        .map(id -> "transactionPk=" + id)
                : Stream.of(part);
    }
}
