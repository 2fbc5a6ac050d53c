package express.polaris.benchmarks;

import express.polaris.demo.simulator.MeterReadings;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.SteveWorld;
import express.polaris.demo.simulator.StopActor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Compares the first import with merely downloading the same responses, both with four calls at a time. */
final class ImportBenchmark {

    private static final int TRANSACTIONS = 2_000;
    private static final int MANY = 50_000;
    private static final int SOME_OF_THEM = 2_000;
    private static final int READINGS = 60;
    private static final int PARALLEL = 4;
    private static final Duration HISTORY = Duration.ofDays(70);

    /** Measured time that SteVe on two cores needs to authenticate a call. */
    private static final Duration REAL_SIGN_IN = Duration.ofMillis(58);

    private final int transactions;

    private ImportBenchmark(int transactions) {
        this.transactions = transactions;
    }

    static void run() throws Exception {
        System.out.printf(
                "%nFirst import of %d transactions with %d readings each, %d calls at a time%n",
                TRANSACTIONS, READINGS, PARALLEL);
        System.out.printf("%-34s %11s %10s %7s%n", "SteVe answers", "download s", "import s", "ratio");
        // The first pass warms up the JVM; only later passes are printed.
        var some = new ImportBenchmark(TRANSACTIONS);
        some.measure(Duration.ZERO);
        print("at once", some.measure(Duration.ZERO));
        print("after " + REAL_SIGN_IN.toMillis() + " ms, as a real one signs in", some.measure(REAL_SIGN_IN));
    }

    /** The same reads while a history of years waits for its turn: shows whether a read costs more the more are waiting. */
    static void runMany() throws Exception {
        var some = new ImportBenchmark(SOME_OF_THEM);
        var all = new ImportBenchmark(MANY);
        System.out.printf(
                "%nImport of %d transactions with %d readings each, %d calls at a time, while up to %d wait%n",
                SOME_OF_THEM, READINGS, PARALLEL, MANY);
        System.out.printf("%-34s %11s %10s %7s%n", "SteVe answers", "download s", "import s", "ratio");
        try (var steve = new SimulatedSteve(all.world()).start()) {
            steve.answersTake(REAL_SIGN_IN);
            double before = some.download(steve);
            double imported;
            try (var portal = new BenchmarkPortal(steve)) {
                while (known(portal) < MANY) {
                    Thread.sleep(20);
                }
                int done = completed(portal);
                long start = System.nanoTime();
                while (completed(portal) < done + SOME_OF_THEM) {
                    Thread.sleep(20);
                }
                imported = (System.nanoTime() - start) / 1e9;
            }
            double after = some.download(steve);
            print(
                    "after " + REAL_SIGN_IN.toMillis() + " ms, as a real one signs in",
                    new Times((before + after) / 2, imported));
        }
    }

    private static int known(BenchmarkPortal portal) {
        return portal.jdbc()
                .sql("select count(*) from transaction_sync_state")
                .query(Integer.class)
                .single();
    }

    private record Times(double download, double imported) {}

    private static void print(String what, Times times) {
        System.out.printf(
                "%-34s %11.1f %10.1f %7.2f%n",
                what, times.download(), times.imported(), times.imported() / times.download());
    }

    private Times measure(Duration answersTake) throws Exception {
        try (var steve = new SimulatedSteve(world()).start()) {
            steve.answersTake(answersTake);
            double before = download(steve);
            double imported = imported(steve);
            double after = download(steve);
            return new Times((before + after) / 2, imported);
        }
    }

    private SteveWorld world() {
        var world = new SteveWorld(Clock.systemUTC());
        var first = Instant.now().minus(Duration.ofDays(80));
        for (int i = 0; i < transactions; i++) {
            var start = first.plus(HISTORY.multipliedBy(i).dividedBy(transactions));
            var stop = start.plus(Duration.ofHours(1));
            long id = world.startTransaction("BOX" + i % 50, 1, "TAG" + i % 20, start, 1_000_000);
            world.readings(id, MeterReadings.evenly(start, stop, 1_000_000, 1_011_000, READINGS));
            world.stopTransaction(id, stop, 1_011_000, Optional.of("Local"), StopActor.STATION);
        }
        return world;
    }

    /** Seconds from the first call to SteVe until every session is stored with its last reading. */
    private double imported(SimulatedSteve steve) throws InterruptedException {
        long calls = steve.callCount();
        var watch = new FirstCall(steve, calls);
        try (var portal = new BenchmarkPortal(steve)) {
            while (completed(portal) < transactions) {
                Thread.sleep(20);
            }
            return (System.nanoTime() - watch.at()) / 1e9;
        }
    }

    private static int completed(BenchmarkPortal portal) {
        return portal.jdbc()
                .sql("select count(*) from transaction_sync_state where last_read_at is not null")
                .query(Integer.class)
                .single();
    }

    /** Records the first call to SteVe. */
    private static final class FirstCall {

        private final Thread thread;
        private volatile long at;

        FirstCall(SimulatedSteve steve, long before) {
            thread = Thread.ofVirtual().start(() -> {
                while (steve.callCount() == before) {
                    pause();
                }
                at = System.nanoTime();
            });
        }

        long at() throws InterruptedException {
            thread.join();
            return at;
        }

        private static void pause() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private double download(SimulatedSteve steve) throws Exception {
        long start = System.nanoTime();
        try (var http = HttpClient.newHttpClient();
                var threads = Executors.newFixedThreadPool(PARALLEL)) {
            get(http, steve, "?type=ALL&periodType=ALL");
            get(http, steve, "?type=ACTIVE&periodType=ALL");
            List<Future<?>> answers = LongStream.rangeClosed(1, transactions)
                    .<Future<?>>mapToObj(
                            id -> threads.submit(() -> get(http, steve, "/" + id + "?energyValuesOnly=false")))
                    .toList();
            for (var answer : answers) {
                answer.get();
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static byte[] get(HttpClient http, SimulatedSteve steve, String what) throws Exception {
        var credentials = (steve.username() + ":" + steve.password()).getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(steve.baseUrl() + "/api/v1/transactions" + what))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Accept-Encoding", "gzip")
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("SteVe answers " + answer.statusCode() + " to " + what);
        }
        return answer.body();
    }
}
