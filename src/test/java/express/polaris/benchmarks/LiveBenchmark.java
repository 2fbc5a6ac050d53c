package express.polaris.benchmarks;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.MeterReadings;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * Measures the delay from a reading in SteVe to its arrival in a browser's stream, and the calls to SteVe this takes.
 */
final class LiveBenchmark {

    private static final int SESSIONS = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration CHARGING_SINCE = Duration.ofMinutes(10);
    private static final Duration SESSION = Duration.ofHours(1);

    /** Enough time for sync to learn the rhythm of each charger. */
    private static final Duration WARM_UP = Duration.ofSeconds(90);

    private static final Duration MEASURED = Duration.ofSeconds(120);

    /** Grace period for readings still on their way. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);

    private static final Pattern LAST_READING = Pattern.compile("\"lastReadingAt\":\"([^\"]+)\"");

    private LiveBenchmark() {}

    /** A session with the arrival times of its readings in the browser, keyed by reading time. */
    private record Watched(Instant start, NavigableMap<Instant, Instant> arrivals) {

        List<Instant> readings(Instant from, Instant until) {
            var readings = new ArrayList<Instant>();
            for (var at = start; at.isBefore(until); at = at.plus(INTERVAL)) {
                if (!at.isBefore(from)) {
                    readings.add(at);
                }
            }
            return readings;
        }

        /** A later reading that arrives earlier also counts as the arrival of this one. */
        Optional<Duration> delay(Instant reading) {
            return arrivals.tailMap(reading, true).values().stream()
                    .min(Instant::compareTo)
                    .map(arrival -> Duration.between(reading, arrival));
        }
    }

    static void run() throws Exception {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var http = HttpClient.newHttpClient()) {
            var watched = new ArrayList<Watched>();
            try (var portal = new BenchmarkPortal(steve)) {
                for (int i = 0; i < SESSIONS; i++) {
                    watched.add(watch(portal, steve, http, i));
                }
                Thread.sleep(WARM_UP);
                long details = steve.callCount(CallKind.TRANSACTION_DETAILS);
                long lists = steve.callCount(CallKind.TRANSACTION_LIST);
                var from = Instant.now();
                Thread.sleep(MEASURED);
                details = steve.callCount(CallKind.TRANSACTION_DETAILS) - details;
                lists = steve.callCount(CallKind.TRANSACTION_LIST) - lists;
                Thread.sleep(AFTERWARDS);
                print(watched, from, from.plus(MEASURED), details, lists);
            }
        }
    }

    private static void print(List<Watched> watched, Instant from, Instant until, long details, long lists) {
        int readings = 0;
        var delays = new ArrayList<Duration>();
        for (var session : watched) {
            for (var reading : session.readings(from, until)) {
                readings++;
                session.delay(reading).ifPresent(delays::add);
            }
        }
        var latencies = Latencies.of(delays);
        System.out.printf(
                "%nLive: %d sessions, a reading every %d s, each watched in a browser, %d s%n",
                SESSIONS, INTERVAL.toSeconds(), MEASURED.toSeconds());
        System.out.printf("readings %d, of which arrived %d%n", readings, latencies.count());
        System.out.printf("%-32s %6.2f s%n", "SteVe to browser, p50", latencies.millis(0.5) / 1000);
        System.out.printf("%-32s %6.2f s%n", "SteVe to browser, p95", latencies.millis(0.95) / 1000);
        System.out.printf("%-32s %6.2f%n", "reads per reading", (double) details / readings);
        System.out.printf("%-32s %6.2f%n", "discovery calls per reading", (double) lists / readings);
        System.out.printf("%-32s %6.2f%n", "calls per reading", (double) (details + lists) / readings);
    }

    private static Watched watch(BenchmarkPortal portal, SimulatedSteve steve, HttpClient http, int number)
            throws InterruptedException {
        // Starts are spread over the interval, as with real chargers.
        var start = Instant.ofEpochMilli(Instant.now().toEpochMilli())
                .minus(CHARGING_SINCE)
                .plus(INTERVAL.multipliedBy(number).dividedBy(SESSIONS));
        var stop = start.plus(SESSION);
        var driver = portal.people().driver();
        var tag = "LIVE" + number;
        portal.bean(CardLinkService.class)
                .link(new IdTag(tag), driver.id(), Optional.of("Card"), Optional.of(start.minus(SESSION)));
        long id = steve.world().startTransaction("LIVEBOX" + number, 1, tag, start, 1_000_000);
        int readings = Math.toIntExact(SESSION.dividedBy(INTERVAL));
        steve.world().readings(id, MeterReadings.evenly(start, stop, 1_000_000, 1_011_000, readings));
        while (!isKnown(portal, id)) {
            Thread.sleep(Duration.ofMillis(100));
        }
        var watched = new Watched(start, new ConcurrentSkipListMap<>());
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + portal.port() + "/api/v1/sessions/" + id + "/stream"))
                .header("Accept", "text/event-stream")
                .header("Cookie", portal.cookie(driver))
                .build();
        http.sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(
                        answer -> {
                            if (answer.statusCode() != 200) {
                                throw new IllegalStateException(
                                        "The stream of session " + id + " answers " + answer.statusCode());
                            }
                            answer.body().forEach(line -> note(line, watched));
                        },
                        task -> Thread.ofVirtual().start(task));
        return watched;
    }

    private static boolean isKnown(BenchmarkPortal portal, long id) {
        return portal.bean(SessionService.class).find(new SessionId(id)).isPresent();
    }

    private static void note(String line, Watched watched) {
        var found = LAST_READING.matcher(line);
        if (line.startsWith("data:") && found.find()) {
            watched.arrivals().putIfAbsent(Instant.parse(found.group(1)), Instant.now());
        }
    }
}
