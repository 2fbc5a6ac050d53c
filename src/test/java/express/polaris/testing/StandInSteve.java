package express.polaris.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import express.polaris.steve.SteveClient;
import express.polaris.steve.SteveSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers tag calls and remote operations over HTTP with the messages of the recordings of SteVe. */
public final class StandInSteve implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Integer> tags = new ConcurrentHashMap<>();
    private final Queue<JsonNode> operations = new ConcurrentLinkedQueue<>();
    private volatile Answer operation = new Answer(500, "");
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean down;

    public StandInSteve() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public SteveClient client() {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/steve");
        return new SteveClient(SteveSettings.of(url, "api", "secret"));
    }

    /** Simulates a failing database: every call returns 500. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** Adds a tag that allows one active transaction. */
    public void knowsTag(String idTag) {
        tags.put(idTag, 1);
    }

    public boolean blocked(String idTag) {
        return Integer.valueOf(0).equals(tags.get(idTag));
    }

    public void stationsAnswer(String word) {
        operation = new Answer(200, """
            {"taskId":24,"taskFinished":true,"successResponses":[{"chargeBoxId":"CP30","response":"%s"}],\
            "errorResponses":[],"exceptions":[]}\
            """.formatted(word));
    }

    public void stationsDoNotAnswer() {
        operation = new Answer(200, """
            {"taskId":33,"taskFinished":false,"successResponses":[],"errorResponses":[],"exceptions":[]}\
            """);
    }

    public void refusesOperations(String message) {
        operation = new Answer(400, """
            {"error":"Bad Request","message":"%s","path":"/","status":400,"timestamp":"2026-11-22T08:00:13.972Z"}\
            """.formatted(message));
    }

    /** Delays operations until the latch is open. */
    public void holdOperations(CountDownLatch latch) {
        gate = latch;
    }

    /** The bodies of all remote operations so far, including delayed ones. */
    public Queue<JsonNode> operations() {
        return operations;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var answer = down ? new Answer(500, "") : answer(exchange.getRequestURI(), body);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Answer answer(URI uri, String body) {
        if (uri.getPath().contains("/operations/")) {
            operations.add(JSON.readTree(body));
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return operation;
        }
        if (body.isEmpty()) {
            return new Answer(200, "[" + String.join(",", tagRows(uri)) + "]");
        }
        var form = JSON.readTree(body);
        var idTag = form.path("idTag").asString();
        tags.put(idTag, form.path("maxActiveTransactionCount").asInt());
        return new Answer(200, row(idTag));
    }

    private List<String> tagRows(URI uri) {
        var query = URLDecoder.decode(uri.getRawQuery(), StandardCharsets.UTF_8);
        return tags.keySet().stream()
                .filter(tag -> query.toLowerCase(Locale.ROOT).contains("idtag=" + tag.toLowerCase(Locale.ROOT)))
                .map(this::row)
                .toList();
    }

    private String row(String idTag) {
        int most = tags.getOrDefault(idTag, 1);
        return """
            {"activeTransactionCount":0,"blocked":%b,"expiryDate":null,"idTag":"%s","inTransaction":false,\
            "maxActiveTransactionCount":%d,"note":null,"ocppTagPk":1,"parentIdTag":null,"parentOcppTagPk":null,\
            "userPk":null}\
            """.formatted(most == 0, idTag, most);
    }
}
