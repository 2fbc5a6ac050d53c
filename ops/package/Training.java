import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Training run for the ahead-of-time cache: starts the demo, opens its pages as a driver and as an operator, and stops it;
 * Java then writes the cache. Fails if a page does, so it also shows that the runtime has every module that is needed.
 *
 * <p>Usage: {@code java Training.java PROGRAM PORT DATA}, with the start script, a free port and an empty directory.
 */
class Training {

    private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final int PAGES = 150;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Training(String base) {
        this.base = base;
    }

    static void main(String[] args) throws Exception {
        var builder = new ProcessBuilder(args[0], "run").inheritIO();
        builder.environment().keySet().removeIf(name -> name.startsWith("POLARIS_") || name.startsWith("SPRING_"));
        builder.environment().put("SERVER_PORT", args[1]);
        builder.environment().put("POLARIS_DATA_DIRECTORY", args[2]);
        var portal = builder.start();
        try {
            var base = "http://localhost:" + args[1];
            new Training(base).awaitReady(portal);
            int driver = new Training(base).visit("ada@demo.example");
            int operator = new Training(base).visit("operator@demo.example");
            System.out.println("Opened " + driver + " addresses as a driver, " + operator + " as an operator");
        } finally {
            portal.destroy();
            if (!portal.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                portal.destroyForcibly();
                throw new IOException("The portal did not stop within " + LIMIT);
            }
        }
    }

    private void awaitReady(Process portal) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(LIMIT);
        while (portal.isAlive() && Instant.now().isBefore(deadline)) {
            try {
                if (get("/actuator/health/readiness").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // does not listen yet
            }
            portal.waitFor(200, TimeUnit.MILLISECONDS);
        }
        throw new IOException("The portal was not ready within " + LIMIT);
    }

    /** Opens the pages that can be reached from the first one, level by level, and returns how many it opened. */
    private int visit(String email) throws IOException, InterruptedException {
        signIn(email);
        var seen = new LinkedHashSet<>(List.of("/"));
        var next = new ArrayDeque<>(seen);
        int opened = 0;
        while (!next.isEmpty() && opened < PAGES) {
            var path = next.remove();
            var answer = get(path);
            opened++;
            if (answer.statusCode() >= 500) {
                throw new IOException(path + " answers " + answer.statusCode());
            }
            var links = LINK.matcher(answer.body());
            while (links.find()) {
                var link = links.group(1).replace("&amp;", "&");
                if (!link.startsWith("//") && seen.add(link)) {
                    next.add(link);
                }
            }
        }
        return opened;
    }

    private void signIn(String email) throws IOException, InterruptedException {
        var token = CSRF.matcher(get("/sign-in").body());
        if (!token.find()) {
            throw new IOException("/sign-in has no form");
        }
        var form = "email=" + encoded(email) + "&password=polaris-demo&_csrf=" + encoded(token.group(1));
        var answer = http.send(
                request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200 || answer.uri().getPath().equals("/sign-in")) {
            throw new IOException("Signing in as " + email + " ends at " + answer.uri() + ", " + answer.statusCode());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/html,*/*;q=0.8")
                .timeout(Duration.ofMinutes(1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
