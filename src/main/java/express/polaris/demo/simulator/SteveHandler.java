package express.polaris.demo.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** SteVe's HTTP surface: sign-in, routing, headers, compression, error bodies. */
final class SteveHandler implements HttpHandler {

    private static final String API = "/steve/api/v1";
    private static final String NO_STORE = "no-cache, no-store, max-age=0, must-revalidate";
    private static final String NO_STORE_PAGES = "must-revalidate,no-cache,no-store";
    private static final JsonFactory JSON = new JsonFactory();

    private final SteveWorld world;
    private final SignIn signIn;
    private final TransactionsApi transactions;
    private final OcppTagsApi ocppTags;
    private final OperationsApi operations;
    private final AtomicLongArray calls = new AtomicLongArray(CallKind.values().length);
    private volatile boolean databaseDown;
    private volatile Duration delay = Duration.ZERO;
    private final Map<CallKind, Duration> delays = new ConcurrentHashMap<>();
    private final Set<CallKind> failing = ConcurrentHashMap.newKeySet();

    SteveHandler(SteveWorld world, SignIn signIn, Duration answerWait) {
        this.world = world;
        this.signIn = signIn;
        this.transactions = new TransactionsApi(world);
        this.ocppTags = new OcppTagsApi(world);
        this.operations = new OperationsApi(world, answerWait);
    }

    long callCount() {
        return Stream.of(CallKind.values()).mapToLong(this::callCount).sum();
    }

    long callCount(CallKind kind) {
        return calls.get(kind.ordinal());
    }

    void databaseDown(boolean down) {
        databaseDown = down;
    }

    void delay(Duration newDelay) {
        delay = newDelay;
    }

    void delay(CallKind kind, Duration newDelay) {
        delays.put(kind, newDelay);
    }

    void fail(CallKind kind, boolean fails) {
        if (fails) {
            failing.add(kind);
        } else {
            failing.remove(kind);
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!path.startsWith(API + "/")) {
                page(exchange, 200, "<html><body><h1>Sign in</h1></body></html>");
                return;
            }
            try {
                write(exchange, answer(exchange, path, body));
            } catch (ApiFault fault) {
                writeJson(exchange, error(exchange, fault));
            }
        }
    }

    private Optional<ApiAnswer> answer(HttpExchange exchange, String path, byte[] body) {
        var segments = List.of(path.substring(API.length() + 1).split("/", -1));
        var kind = kind(exchange.getRequestMethod(), segments);
        boolean signedIn = false;
        try {
            signedIn = signIn.check(exchange.getRequestHeaders().getFirst("Authorization")) == SignIn.Outcome.GRANTED;
        } finally {
            calls.incrementAndGet((signedIn ? kind : CallKind.UNAUTHORIZED).ordinal());
        }
        if (!signedIn) {
            return Optional.empty();
        }
        var ofItsKind = delays.getOrDefault(kind, delay);
        if (ofItsKind.isPositive()) {
            Pause.of(ofItsKind);
        }
        if (databaseDown || failing.contains(kind)) {
            throw ApiFault.internal("Error getting connection from data source HikariDataSource (HikariPool-1)");
        }
        var request = new ApiRequest(
                exchange.getRequestMethod(),
                segments,
                query(exchange.getRequestURI().getRawQuery()),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                        .orElse(""),
                body);
        return Optional.of(
                switch (kind) {
                    case TRANSACTION_LIST, TRANSACTION_DETAILS, TRANSACTION_STOP -> transactions.answer(request);
                    case OCPP_TAGS -> ocppTags.answer(request);
                    case OPERATION -> operations.answer(request);
                    case UNAUTHORIZED, OTHER -> new ApiAnswer.UnknownPath();
                });
    }

    private static CallKind kind(String method, List<String> segments) {
        return switch (segments.getFirst()) {
            case "transactions" ->
                switch (segments.size()) {
                    case 1 -> CallKind.TRANSACTION_LIST;
                    case 2 -> CallKind.TRANSACTION_DETAILS;
                    default -> method.equals("PATCH") ? CallKind.TRANSACTION_STOP : CallKind.OTHER;
                };
            case "ocppTags" -> CallKind.OCPP_TAGS;
            case "operations" -> CallKind.OPERATION;
            default -> CallKind.OTHER;
        };
    }

    private static Map<String, List<String>> query(@Nullable String rawQuery) {
        var query = new TreeMap<String, List<String>>();
        if (rawQuery != null) {
            for (var pair : rawQuery.split("&", -1)) {
                int equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                var value = equals < 0 ? "" : pair.substring(equals + 1);
                query.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiFault.notUnderstood();
        }
    }

    private void write(HttpExchange exchange, Optional<ApiAnswer> answer) throws IOException {
        if (answer.isEmpty()) {
            exchange.getResponseHeaders().set("Location", "/steve/manager/signin");
            exchange.getResponseHeaders().set("Cache-Control", NO_STORE_PAGES);
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        switch (answer.get()) {
            case ApiAnswer.Json json -> writeJson(exchange, json);
            case ApiAnswer.Empty empty -> {
                exchange.getResponseHeaders().set("Cache-Control", NO_STORE);
                exchange.sendResponseHeaders(empty.status(), -1);
            }
            case ApiAnswer.MethodNotAllowed refused -> {
                exchange.getResponseHeaders().set("Cache-Control", NO_STORE_PAGES);
                exchange.getResponseHeaders().set("Allow", refused.allow());
                exchange.sendResponseHeaders(403, -1);
            }
            case ApiAnswer.UnknownPath ignored ->
                page(exchange, 403, "<html><body><h2>HTTP ERROR 403 Forbidden</h2></body></html>");
        }
    }

    private ApiAnswer.Json error(HttpExchange exchange, ApiFault fault) {
        var host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("127.0.0.1");
        var url = "http://" + host + exchange.getRequestURI().getPath();
        return new ApiAnswer.Json(fault.status(), json -> {
            json.writeStartObject();
            json.writeStringProperty("error", fault.error());
            json.writeStringProperty("message", fault.detail());
            json.writeStringProperty("path", url);
            json.writeNumberProperty("status", fault.status());
            json.writeStringProperty("timestamp", WireFormat.timestamp(world.now()));
            json.writeEndObject();
        });
    }

    private static void writeJson(HttpExchange exchange, ApiAnswer.Json answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", NO_STORE);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), new AnswerBody(exchange, answer.status()))) {
            answer.body().accept(json);
        }
    }

    private static void page(HttpExchange exchange, int status, String html) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.ISO_8859_1);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=iso-8859-1");
        exchange.getResponseHeaders().set("Cache-Control", NO_STORE_PAGES);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
