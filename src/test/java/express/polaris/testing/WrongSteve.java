package express.polaris.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A server at the address of SteVe that gives every call the same answer. The answers of SteVe are recorded ones. */
public final class WrongSteve implements AutoCloseable {

    private final HttpServer server;
    private volatile Answer answer = Answer.BAD_REQUEST;

    /** What it answers. */
    public enum Answer {
        /** The first answer. */
        BAD_REQUEST(400, "application/json", "{}"),
        NO_API_PASSWORD(401, "application/json", """
            {"error":"Unauthorized","message":"The user does not exist, exists but is disabled or has API access \
            disabled.","path":"http://steve/api/v1/transactions","status":401,"timestamp":"2026-11-22T07:57:58.333Z"}"""),
        WRONG_PASSWORD(401, "application/json", """
            {"error":"Unauthorized","message":"Invalid password","path":"http://steve/api/v1/transactions",\
            "status":401,"timestamp":"2026-11-22T07:57:58.182Z"}"""),
        SIGN_IN_PAGE(302, "/steve/manager/signin;jsessionid=node0abc.node0", ""),
        REDIRECTED(301, "https://steve.example/steve", ""),
        OTHER_PAGE(200, "text/html", "<!doctype html><title>Welcome to nginx</title>"),
        FORBIDDEN(403, "application/json", """
            {"error":"Forbidden","message":"Access Denied","path":"http://steve/api/v2","status":403,\
            "timestamp":"2026-11-22T07:57:58.182Z"}"""),
        NOT_FOUND(404, "text/html", "<h2>HTTP ERROR 404 Not Found</h2>"),
        SERVER_ERROR(500, "application/json", "{}"),
        /** Taken for a SteVe without transactions that is too old for all but the list. */
        EMPTY_LIST(200, "application/json", "[]"),
        OTHER_JSON(200, "application/json", "{\"status\":\"UP\"}");

        private final int status;
        private final String type;
        private final String body;

        Answer(int status, String type, String body) {
            this.status = status;
            this.type = type;
            this.body = body;
        }
    }

    public WrongSteve() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/steve");
    }

    public void answers(Answer next) {
        answer = next;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var now = answer;
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set(now.status / 100 == 3 ? "Location" : "Content-Type", now.type);
        var body = now.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(now.status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
