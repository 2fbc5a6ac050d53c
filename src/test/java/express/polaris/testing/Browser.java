package express.polaris.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client with cookies. It follows no redirects and sends a CSRF token with its writes, as the portal's pages
 * do.
 */
public final class Browser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final String CSRF = "polaris_csrf";

    private final String base;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean provesWrites = true;

    Browser(String base) {
        this.base = base;
    }

    public Browser withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /** Adds a header to every request. */
    public Browser withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends writes without a CSRF token, as a foreign page would. */
    public Browser withoutCsrf() {
        provesWrites = false;
        return this;
    }

    public @Nullable String cookie(String name) {
        return cookies.get(name);
    }

    /** Requests a page with a browser's media types, or an address under {@code /api} with any media type. */
    public HttpResponse<String> get(String path) {
        var page = !path.startsWith("/api") && !path.startsWith("/actuator");
        return send("GET", path, page ? Map.of("Accept", "text/html") : Map.of(), "");
    }

    /** Posts a form. */
    public HttpResponse<String> post(String path, Map<String, String> form) {
        var fields = new LinkedHashMap<>(form);
        if (provesWrites) {
            fields.put("_csrf", csrfToken());
        }
        var body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        var type = Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html");
        return send("POST", path, type, body);
    }

    /** Posts a form with a file. */
    public HttpResponse<String> upload(String path, Map<String, String> form, String file, byte[] content) {
        var boundary = "----polaris-form";
        var fields = new LinkedHashMap<>(form);
        fields.put("_csrf", csrfToken());
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var type = Map.of("Content-Type", "multipart/form-data; boundary=" + boundary, "Accept", "text/html");
        return send("POST", path, type, BodyPublishers.ofByteArray(body.toByteArray()));
    }

    /** Sends a file as the body of a call. */
    public HttpResponse<String> call(String method, String path, String type, byte[] file) {
        var more = Map.of("Content-Type", type, "X-CSRF-TOKEN", csrfToken());
        return send(method, path, more, BodyPublishers.ofByteArray(file));
    }

    /** Posts a form with repeatable fields: alternating names and values. */
    public HttpResponse<String> postAll(String path, String... namesAndValues) {
        var fields = new ArrayList<String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(encoded(namesAndValues[i]) + "=" + encoded(namesAndValues[i + 1]));
        }
        if (provesWrites) {
            fields.add("_csrf=" + encoded(csrfToken()));
        }
        var type = Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html");
        return send("POST", path, type, String.join("&", fields));
    }

    /** Sends a JSON body; an empty string sends none. */
    public HttpResponse<String> call(String method, String path, String json) {
        var more = new LinkedHashMap<String, String>();
        if (!json.isEmpty()) {
            more.put("Content-Type", "application/json");
        }
        if (provesWrites && cookies.containsKey("polaris")) {
            more.put("X-CSRF-TOKEN", csrfToken());
        }
        return send(method, path, more, json);
    }

    public HttpResponse<String> send(String method, String path, Map<String, String> more, String body) {
        return send(method, path, more, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(
            String method, String path, Map<String, String> more, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.setHeader("Cookie", cookieHeader());
        }
        return exchange(request.build());
    }

    /** Requests a stream: returns the whole of a refusal, and only the status and headers of an open stream. */
    public HttpResponse<String> beginning(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/event-stream");
        headers.forEach(request::setHeader);
        cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
        return exchange(
                request.build(),
                info -> info.statusCode() == 200
                        ? new HangUp()
                        : HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8));
    }

    /** Opens a stream of server-sent events. */
    public EventReader stream(String path, Map<String, String> more) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/event-stream");
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.setHeader("Cookie", cookieHeader());
        }
        return new EventReader(request.build());
    }

    /** Sends any request unchanged. */
    public HttpResponse<String> exchange(HttpRequest request) {
        return exchange(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> exchange(HttpRequest request, HttpResponse.BodyHandler<String> body) {
        try {
            var response = HTTP.send(request, body);
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }

    /** The CSRF token masked with zeros, which the server unmasks. */
    private String csrfToken() {
        var token = cookies.computeIfAbsent(CSRF, name -> UUID.randomUUID().toString())
                .getBytes(StandardCharsets.UTF_8);
        var masked = new byte[token.length * 2];
        System.arraycopy(token, 0, masked, token.length, token.length);
        return Base64.getUrlEncoder().encodeToString(masked);
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String setCookie) {
        var pair = setCookie.split(";", 2)[0].split("=", 2);
        if (pair[1].isEmpty()) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Discards the body and closes the connection. */
    private static final class HangUp implements HttpResponse.BodySubscriber<String> {

        @Override
        public CompletionStage<String> getBody() {
            return CompletableFuture.completedFuture("");
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            // nothing follows the cancellation
        }

        @Override
        public void onError(Throwable throwable) {
            // the body is not awaited
        }

        @Override
        public void onComplete() {
            // the body is not awaited
        }
    }
}
