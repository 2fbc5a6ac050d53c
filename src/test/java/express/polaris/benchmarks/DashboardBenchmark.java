package express.polaris.benchmarks;

import express.polaris.demo.simulator.SimulatedSteve;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures the dashboard and the session list of a driver with 2,000 sessions among 200,000, both while nothing changes
 * and while a change every second invalidates the driver's cache.
 */
final class DashboardBenchmark {

    private static final History.Scale SCALE = new History.Scale(200_000, 100, 3, Duration.ZERO);
    private static final List<String> PAGES = List.of("/", "/sessions");
    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(10);

    private DashboardBenchmark() {}

    static void run() throws Exception {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve)) {
            var driver = History.write(portal, SCALE);
            var cookie = portal.cookie(driver);
            var load = new LoadGenerator(portal.port(), CONNECTIONS);
            System.out.printf(
                    "%nPages of a driver with %d sessions among %d, %d connections%n",
                    SCALE.sessions() / SCALE.drivers(), SCALE.sessions(), CONNECTIONS);
            for (var page : PAGES) {
                var html = fetch(portal.port(), page, cookie);
                System.out.printf("%-10s %d bytes, %d gzipped%n", page, html.length, compressed(html));
                load.run(page, cookie, WARM_UP);
            }
            System.out.printf("%-6s %-22s %10s %9s %9s%n", "round", "what", "requests/s", "p50 ms", "p99 ms");
            for (int round = 1; round <= ROUNDS; round++) {
                for (var page : PAGES) {
                    print(round, page, load.run(page, cookie, ROUND));
                }
                try (var changes = Executors.newSingleThreadScheduledExecutor()) {
                    var running = changes.scheduleAtFixedRate(
                            () -> change(portal.jdbc(), driver.id().value()), 0, 1, TimeUnit.SECONDS);
                    for (var page : PAGES) {
                        print(round, page + " while changing", load.run(page, cookie, ROUND));
                    }
                    running.cancel(false);
                }
            }
        }
    }

    private static void change(JdbcClient jdbc, long driver) {
        jdbc.sql("update driver_versions set version = version + 1 where driver_id = ?")
                .param(driver)
                .update();
    }

    private static byte[] fetch(int port, String page, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + page))
                .header("Accept", "text/html")
                .header("Cookie", cookie)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(page + " answers " + answer.statusCode());
            }
            return answer.body();
        }
    }

    private static int compressed(byte[] html) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(html);
        }
        return bytes.size();
    }

    private static void print(int round, String what, LoadGenerator.Result result) {
        System.out.printf(
                "%-6d %-22s %10.0f %9.2f %9.2f%n",
                round,
                what,
                result.perSecond(),
                result.latencies().millis(0.5),
                result.latencies().millis(0.99));
    }
}
