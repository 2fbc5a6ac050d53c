package express.polaris.benchmarks;

import express.polaris.demo.simulator.SimulatedSteve;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compares the page of a session with 500 readings with a static file of the same size from the same server. */
final class SessionPageBenchmark {

    private static final int CONNECTIONS = 8;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final String FILE = "/assets/benchmark.txt";

    private SessionPageBenchmark() {}

    static void run() throws Exception {
        var file = fileOnTheClassPath();
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve)) {
            var cookie = portal.cookie(History.write(portal));
            var page = "/sessions/" + History.SESSIONS;
            int size = writeFile(portal.port(), page, cookie, file);
            var load = new LoadGenerator(portal.port(), CONNECTIONS);
            load.run(page, cookie, WARM_UP);
            load.run(FILE, "", WARM_UP.dividedBy(3));
            System.out.printf(
                    "%nSession page, %d readings, %d sessions stored, %d bytes, %d connections%n",
                    History.READINGS_OF_THE_LONG_SESSION, History.SESSIONS, size, CONNECTIONS);
            System.out.printf("%-6s %-12s %10s %9s %9s%n", "round", "what", "requests/s", "p50 ms", "p99 ms");
            var ratios = new ArrayList<Double>();
            for (int round = 1; round <= ROUNDS; round++) {
                var dynamic = load.run(page, cookie, ROUND);
                var fixed = load.run(FILE, "", ROUND);
                print(round, "session page", dynamic);
                print(round, "static file", fixed);
                ratios.add(dynamic.perSecond() / fixed.perSecond());
            }
            System.out.printf("page / file: %s%n", format(ratios));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A static file among the test classes, in the location where the portal serves static files. */
    private static Path fileOnTheClassPath() throws Exception {
        var classes =
                SessionPageBenchmark.class.getProtectionDomain().getCodeSource().getLocation();
        var file = Path.of(classes.toURI()).resolve("static" + FILE);
        Files.createDirectories(file.getParent());
        return file;
    }

    private static void print(int round, String what, LoadGenerator.Result result) {
        System.out.printf(
                "%-6d %-12s %10.0f %9.2f %9.2f%n",
                round,
                what,
                result.perSecond(),
                result.latencies().millis(0.5),
                result.latencies().millis(0.99));
    }

    private static String format(List<Double> ratios) {
        return String.join(
                ", ", ratios.stream().map(ratio -> String.format("%.2f", ratio)).toList());
    }

    private static int writeFile(int port, String page, String cookie, Path file) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + page))
                .header("Accept", "text/html")
                .header("Cookie", cookie)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(page + " answers " + answer.statusCode());
            }
            Files.write(file, answer.body());
            return answer.body().length;
        }
    }
}
