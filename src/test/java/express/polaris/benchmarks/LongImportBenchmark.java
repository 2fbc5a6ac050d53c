package express.polaris.benchmarks;

import express.polaris.demo.simulator.CallKind;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.testing.Browser;
import express.polaris.testing.LongReadings;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the import of one 30-day response with downloading it, then measures every view of the session, in a portal
 * process with the documented heap.
 */
final class LongImportBenchmark {

    private static final Duration LENGTH = Duration.ofDays(30);

    private static final String DRIVER = "ada@driver.example";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> DRIVERS_VIEWS = List.of(
            "/sessions/1",
            "/api/v1/sessions/1",
            "/api/v1/sessions/1/timeline",
            "/sessions",
            "/",
            "/api/v1/usage?period=current",
            "/api/v1/sessions.csv");

    private static final List<String> OPERATORS_VIEWS = List.of(
            "/operator/transactions/1",
            "/operator/transactions/1/energy",
            "/api/v1/operator/transactions/1/readings?limit=200",
            "/operator/transactions",
            "/operator");

    private LongImportBenchmark() {}

    static void run() throws Exception {
        System.out.printf("%nImport of one session of %d days, read every 10 s with nine values%n", LENGTH.toDays());
        var directory = Files.createTempDirectory("import-long");
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new PortalProcess(steve, directory)) {
            var readings = new LongReadings(Instant.now().minus(LENGTH.plusHours(2)), LENGTH, 1_000);
            portal.start();
            var operator = operator(portal);
            subscribe(operator, readings.start());
            importAndDownload(steve, portal, readings);
            look("driver", portal.signedIn(DRIVER), DRIVERS_VIEWS);
            look("operator", operator, OPERATORS_VIEWS);
            long start = System.nanoTime();
            var invoices = posted(operator, "invoices/run", "{}");
            System.out.printf("%-60s %6.2f s, %s%n", "invoices of its weeks", since(start), invoices);
            look("driver, invoiced", portal.signedIn(DRIVER), DRIVERS_VIEWS);
            look("operator, invoiced", operator, OPERATORS_VIEWS);
            System.out.printf("%-44s %10s%n", "highest resident memory of the portal", Asked.highestMemory(portal));
            System.out.printf(
                    "%-44s %10s%n", "out of memory", portal.log().contains("OutOfMemoryError") ? "yes" : "no");
        }
    }

    private static Browser operator(PortalProcess portal) throws IOException, InterruptedException {
        while (!Asked.of(portal, "select 0, count(*) from accounts").equals("1")) {
            pause(portal);
        }
        while (true) {
            pause(portal);
            try {
                return portal.signedIn(PortalProcess.OPERATOR);
            } catch (UncheckedIOException e) {
                pause(portal); // The portal does not listen yet.
            }
        }
    }

    /** Subscribes the driver who owns the session's card to a plan with two tiers. */
    private static void subscribe(Browser operator, Instant start) {
        var since = start.minus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
        var driver = posted(operator, "drivers", """
                {"email":"%s","name":"Ada","password":"%s"}""", DRIVER, PortalProcess.PASSWORD)
                .path("id")
                .asLong();
        posted(operator, "cards", """
                {"idTag":"TAG","driverId":%d,"from":"%s"}""", driver, since);
        posted(operator, "plans", """
                {"code":"home","name":"Home","interval":"weekly","amount_cents":0,"amount_currency":"EUR",
                 "pay_in_advance":false,"charges":[{"billable_metric_code":"energy_kwh","charge_model":"graduated",
                 "properties":{"graduated_ranges":[
                   {"from_value":0,"to_value":100,"per_unit_amount":"0.30","flat_amount":"0"},
                   {"from_value":101,"to_value":null,"per_unit_amount":"0.20","flat_amount":"0"}]}}]}""");
        posted(operator, "subscriptions", """
                {"driverId":%d,"planCode":"home","startedAt":"%s","billingTime":"calendar","timeZone":"UTC"}""", driver, since);
    }

    private static JsonNode posted(Browser operator, String what, String json, Object... values) {
        var answer = operator.call("POST", "/api/v1/operator/" + what, json.formatted(values));
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(what + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static void importAndDownload(SimulatedSteve steve, PortalProcess portal, LongReadings readings)
            throws IOException, InterruptedException {
        long id = steve.world().startTransaction("LONG", 1, "TAG", readings.start(), 1_000);
        steve.world().readings(id, readings);
        steve.world()
                .stopTransaction(
                        id, readings.stop(), 1_000 + readings.wattHours(), Optional.of("Local"), StopActor.STATION);
        long calls = steve.callCount(CallKind.TRANSACTION_DETAILS);
        while (steve.callCount(CallKind.TRANSACTION_DETAILS) == calls) {
            pause(portal);
        }
        long start = System.nanoTime();
        while (!Asked.of(portal, "select 0, count(*) from transaction_sync_state where latest_is_final")
                .equals("1")) {
            pause(portal);
        }
        double imported = since(start);
        start = System.nanoTime();
        long bytes = Asked.download(steve, "/transactions/" + id + "?energyValuesOnly=false");
        double download = since(start);
        System.out.printf("%-44s %10d%n", "rows", readings.readings() * 9L);
        System.out.printf("%-44s %10.1f%n", "MB of JSON", bytes / 1e6);
        System.out.printf("%-44s %10.1f%n", "download, s", download);
        System.out.printf("%-44s %10.1f%n", "import, s", imported);
        System.out.printf(
                "%-44s %10s%n", "events", Asked.of(portal, "select 0, count(*) from synced_transaction_events"));
        System.out.printf(
                "%-44s %10s%n",
                "kWh, expected " + readings.wattHours() / 1000,
                Asked.of(portal, "select 0, trunc(sum(kwh_delta)) from synced_transaction_events"));
        System.out.printf(
                "%-44s %10s%n",
                "kept answer, kB", Asked.of(portal, "select 0, sum(length(rows)) / 1024 from steve_answer_chunks"));
    }

    private static void look(String who, Browser browser, List<String> paths) {
        for (var path : paths) {
            long start = System.nanoTime();
            var answer = browser.get(path);
            System.out.printf(
                    "%-60s %6.2f s, status %d, %,d characters%n",
                    who + " " + path,
                    since(start),
                    answer.statusCode(),
                    answer.body().length());
        }
    }

    private static void pause(PortalProcess portal) throws IOException, InterruptedException {
        portal.requireAlive();
        Thread.sleep(50);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
