package express.polaris.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events like a browser. */
public final class EventReader implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A server-sent event. */
    public record Event(String id, String name, JsonNode data) {}

    private final HttpResponse<java.io.InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger comments = new AtomicInteger();
    private final Thread thread;

    EventReader(HttpRequest request) {
        try {
            response = HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        thread = Thread.ofVirtual().start(this::read);
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    public List<Event> events() {
        return events;
    }

    public int comments() {
        return comments.get();
    }

    public boolean isOver() {
        return !thread.isAlive();
    }

    /** Waits for the first event with this name and matching data. */
    public Event awaitEvent(String name, Predicate<JsonNode> wanted) {
        await().atMost(PATIENCE).until(() -> find(name, wanted).isPresent());
        return find(name, wanted).orElseThrow();
    }

    public void awaitEnd() {
        await().atMost(PATIENCE).until(this::isOver);
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Event> find(String name, Predicate<JsonNode> wanted) {
        return events.stream()
                .filter(event -> event.name().equals(name) && wanted.test(event.data()))
                .findFirst();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var id = "";
            var name = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, name, JSON.readTree(line.substring(6))));
                }
            }
        } catch (IOException e) {
            // the stream has ended
        }
    }
}
