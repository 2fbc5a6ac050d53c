package express.polaris.benchmarks;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Measures the first import from a SteVe with very many transactions, in a portal process with the documented heap. */
final class ManyTransactionsBenchmark {

    private static final int TRANSACTIONS = 250_000;
    private static final int CHARGERS = 200;
    private static final Duration BETWEEN = Duration.ofMinutes(6);

    private ManyTransactionsBenchmark() {}

    static void run() throws IOException, InterruptedException {
        System.out.printf("%nFirst import of %,d transactions%n", TRANSACTIONS);
        var directory = Files.createTempDirectory("import-many");
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new PortalProcess(steve, directory)) {
            fill(steve);
            long start = System.nanoTime();
            long bytes = Asked.download(steve, "/transactions?type=ALL");
            System.out.printf("%-44s %10.1f%n", "MB of JSON", bytes / 1e6);
            System.out.printf("%-44s %10.1f%n", "download of the list, s", since(start));
            start = System.nanoTime();
            portal.start();
            while (!Asked.of(portal, "select 0, first_import_done from sync_cursor")
                    .equals("t")) {
                portal.requireAlive();
                Thread.sleep(100);
            }
            System.out.printf("%-44s %10.1f%n", "all known since the start of the process, s", since(start));
            System.out.printf(
                    "%-44s %10s%n", "sessions", Asked.of(portal, "select 0, count(*) from transaction_sync_state"));
            System.out.printf("%-44s %10s%n", "highest resident memory", Asked.highestMemory(portal));
            System.out.printf(
                    "%-44s %10s%n", "out of memory", portal.log().contains("OutOfMemoryError") ? "yes" : "no");
        }
    }

    private static void fill(SimulatedSteve steve) {
        var first = Instant.now().minus(BETWEEN.multipliedBy(TRANSACTIONS));
        for (int i = 0; i < TRANSACTIONS; i++) {
            var at = first.plus(BETWEEN.multipliedBy(i));
            long id = steve.world().startTransaction("BOX" + i % CHARGERS, 1, "TAG" + i % 50, at, 1_000);
            steve.world().stopTransaction(id, at.plusSeconds(300), 1_500, Optional.of("Local"), StopActor.STATION);
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
