package express.polaris.portal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import express.polaris.documents.Templates;
import express.polaris.web.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Serves rendered fixtures and static files under the portal's content security policy, and a scriptable stream. */
final class GalleryServer implements AutoCloseable {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Pages pages = new Pages(new Templates());
    private final Map<String, PageFixtures.Sample> samples = new ConcurrentHashMap<>(PageFixtures.all());
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile boolean pagesRefused;

    GalleryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::page);
        server.createContext("/api/v1/", this::stream);
        server.createContext(
                "/assets/",
                exchange -> file(
                        exchange,
                        "static/assets/" + exchange.getRequestURI().getPath().replaceFirst("/assets/[^/]+/", "")));
        server.createContext("/service-worker.js", exchange -> file(exchange, "static/service-worker.js"));
        server.createContext(
                "/webjars/",
                exchange -> file(
                        exchange,
                        "META-INF/resources" + exchange.getRequestURI().getPath()));
        server.start();
    }

    String url(String name) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + name;
    }

    /** Sets the page served under that name. */
    void show(String name, PageFixtures.Sample sample) {
        samples.put(name, sample);
    }

    /** Sets whether pages are answered with 503; streams and files still work. */
    void refusePages(boolean refused) {
        pagesRefused = refused;
    }

    void send(String event, String data) {
        events.add("event: " + event + "\ndata: " + data + "\n\n");
    }

    byte[] html(String name) {
        var sample = Objects.requireNonNull(samples.get(name), name);
        return pages.html(sample.template(), sample.page());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void page(HttpExchange exchange) throws IOException {
        var name = exchange.getRequestURI().getPath().substring(1);
        if (!samples.containsKey(name)) {
            answer(exchange, 404, "text/plain", new byte[0]);
            return;
        }
        if (pagesRefused) {
            answer(exchange, 503, "text/plain", new byte[0]);
            return;
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        answer(exchange, 200, "text/html;charset=UTF-8", html(name));
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            body.write(": open\n\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
            while (true) {
                body.write(events.take().getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The page is gone: this is how a stream ends.
            exchange.close();
        }
    }

    private static void file(HttpExchange exchange, String resource) throws IOException {
        try (var content = GalleryServer.class.getClassLoader().getResourceAsStream(resource)) {
            if (content == null) {
                answer(exchange, 404, "text/plain", new byte[0]);
                return;
            }
            var type = resource.endsWith(".css")
                    ? "text/css"
                    : resource.endsWith(".svg") ? "image/svg+xml" : "text/javascript";
            answer(exchange, 200, type, content.readAllBytes());
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
