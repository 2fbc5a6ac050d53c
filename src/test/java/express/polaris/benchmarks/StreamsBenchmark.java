package express.polaris.benchmarks;

import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.Browser;
import express.polaris.testing.PortalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/**
 * Streams of a portal process with a heap of 1 GB: what an idle one costs, how soon a change reaches all its readers, how
 * late heartbeats are, how soon readers that come back are greeted, and what is left when they have gone. A driver has
 * one session and 20 readers, half of them of that session, half of all; a session gets a reading every ten seconds.
 */
final class StreamsBenchmark {

    private static final List<String> OPTIONS = List.of("-Xmx1g");
    private static final int[] SIZES = {1_000, 10_000};
    private static final int READERS = 20;
    private static final int EVENTS = 100;
    private static final int BACK = 2_000;
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration OPENING = Duration.ofMillis(1);
    private static final int AT_A_TIME = 20;
    private static final Pattern STREAMS = Pattern.compile("(?m)^polaris_live_streams(?:\\{.*})? ([0-9.E]+)$");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private StreamsBenchmark() {}

    static void run() throws Exception {
        var directory = Files.createTempDirectory("streams");
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new PortalProcess(steve, directory, OPTIONS)) {
            portal.start();
            var operator = operator(portal);
            prepare(portal, operator);
            for (int size : SIZES) {
                measure(portal, operator, size);
            }
            System.out.printf("%-44s %10s%n", "highest resident memory", Asked.highestMemory(portal));
            System.out.printf(
                    "%-44s %10s%n", "out of memory", portal.log().contains("OutOfMemoryError") ? "yes" : "no");
        }
    }

    private static void prepare(PortalProcess portal, Browser operator) throws Exception {
        var plan = operator.call("POST", "/api/v1/operator/plans", """
                {"code":"home","name":"Home","interval":"monthly","amount_cents":0,"amount_currency":"EUR",
                 "pay_in_advance":false,"charges":[{"billable_metric_code":"energy_kwh","charge_model":"graduated",
                 "properties":{"graduated_ranges":[
                   {"from_value":0,"to_value":100,"per_unit_amount":"0.30","flat_amount":"0"},
                   {"from_value":101,"to_value":null,"per_unit_amount":"0.20","flat_amount":"0"}]}}]}""");
        if (plan.statusCode() >= 300) {
            throw new IllegalStateException(plan.body());
        }
        int drivers = SIZES[SIZES.length - 1] / READERS;
        try (var database = database(portal);
                var statement = database.createStatement()) {
            // SteVe knows none of these sessions.
            statement.execute("""
                update sync_cursor set operator_paused_at = now(), operator_paused_why = 'benchmark',
                       operator_paused_by = (select id from accounts where role = 'OPERATOR')
                """);
            statement.execute("""
                insert into accounts (email, name, role, locale, time_zone, created_at)
                select 'reader-' || n || '@people.example', 'Reader', 'DRIVER', 'en', 'UTC', now()
                  from generate_series(1, %d) n
                """.formatted(drivers));
            statement.execute("""
                insert into api_tokens (account_id, name, token_hash, created_at, expires_at)
                select id, 'benchmark', sha256(convert_to('polaris_' || email, 'UTF8')), now(), now() + interval '1 day'
                  from accounts where role = 'DRIVER'
                """);
            statement.execute("""
                insert into subscriptions (driver_id, plan_id, started_at, billing_time, time_zone, created_at)
                select a.id, p.id, now() - interval '10 days', 'calendar', 'UTC', now()
                  from accounts a, plans p where a.role = 'DRIVER'
                """);
            statement.execute("""
                insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                       started_at, steve_started_at, first_seen_at, start_value_wh, updated_at)
                select 1000000 + id, 'BOX-' || id, 1, 'TAG' || id, id, start, start, start, 1000, start
                  from accounts, lateral (select date_trunc('second', now() - interval '20 minutes') as start) starts
                 where role = 'DRIVER'
                """);
            statement.execute("""
                insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                       meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
                select steve_transaction_id, n, started_at + n * interval '10 seconds',
                       started_at + (n + 1) * interval '10 seconds', 1000 + n * 10, 1010 + n * 10, 0.01, '{}', false, now()
                  from transaction_sync_state, generate_series(0, %d) n
                """.formatted(EVENTS - 1));
            statement.execute("""
                update transaction_sync_state set energy_wh = %d, last_reading_at = now(), last_read_at = now(),
                       revision = revision + 1
                """.formatted(EVENTS * 10));
            statement.execute("analyze");
        }
    }

    /** Readers, and what they saw. */
    private static final class Seen implements StreamClients.Listener {

        final ConcurrentLinkedQueue<Long> greetings = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Long> fanOut = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Long> beats = new ConcurrentLinkedQueue<>();
        final Map<String, Long> committed = new ConcurrentHashMap<>();

        @Override
        public void greeted(StreamClients.Client client, long nanos) {
            greetings.add(nanos);
        }

        @Override
        public void meter(long session, int position, long at) {
            var since = committed.get(session + ":" + position);
            if (since != null) {
                fanOut.add(at - since);
            }
        }

        @Override
        public void heartbeat(long nanos) {
            beats.add(Math.abs(nanos - HEARTBEAT.toNanos()));
        }
    }

    private static void measure(PortalProcess portal, Browser operator, int size) throws Exception {
        var seen = new Seen();
        long before = heap(portal, "without");
        try (var clients = new StreamClients(portal.port(), seen);
                var database = database(portal)) {
            var drivers = drivers(database, size / READERS);
            var open = new ArrayList<StreamClients.Client>();
            for (int reader = 0; reader < READERS; reader++) {
                for (long driver : drivers) {
                    open.add(clients.open(path(driver, reader), token(driver)));
                    Thread.sleep(OPENING);
                    int opened = open.size();
                    await(portal, () -> opened - seen.greetings.size() < AT_A_TIME);
                }
            }
            await(portal, () -> seen.greetings.size() >= size);
            System.out.printf("%nStreams: %,d, %d drivers%n", size, drivers.size());
            long idle = heap(portal, "with-" + size);
            print("heap without and with them, MB", "%.0f, %.0f".formatted(before / 1e6, idle / 1e6));
            print("heap per stream, kB", "%.1f".formatted((idle - before) / 1000.0 / size));
            seen.beats.clear();
            int readings = read(database, drivers, seen);
            Thread.sleep(Duration.ofSeconds(3));
            print("readings, events to readers", readings + ", " + seen.fanOut.size());
            printTimes("reading to reader", seen.fanOut);
            printTimes("heartbeats, off the interval by", seen.beats);
            int back = Math.min(BACK, size);
            comeBack(portal, operator, clients, seen, open, back);
            print("refused, ended by the portal", clients.refused() + ", " + clients.over());
            for (var client : open) {
                client.close();
            }
            await(portal, () -> streams(operator) == 0);
        }
        print("heap when they have gone, MB", "%.0f".formatted(heap(portal, "afterwards-" + size) / 1e6));
    }

    private static List<Long> drivers(Connection database, int number) throws SQLException {
        var drivers = new ArrayList<Long>();
        try (var rows = database.createStatement()
                .executeQuery("select id from accounts where role = 'DRIVER' order by id limit " + number)) {
            while (rows.next()) {
                drivers.add(rows.getLong(1));
            }
        }
        return drivers;
    }

    private static String path(long driver, int reader) {
        return reader % 2 == 0 ? "/api/v1/stream" : "/api/v1/sessions/" + (1_000_000 + driver) + "/stream";
    }

    /** The first of the drivers' ids follows that of the operator. */
    private static String token(long driver) {
        return "polaris_reader-" + (driver - 1) + "@people.example";
    }

    /** Writes readings as an import does, evenly over the interval. */
    private static int read(Connection database, List<Long> drivers, Seen seen) throws Exception {
        long pause = BETWEEN_READINGS.toNanos() / drivers.size();
        long from = System.nanoTime();
        int written = 0;
        database.setAutoCommit(false);
        try (var event = database.prepareStatement("""
                    insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                           meter_from_wh, meter_to_wh, kwh_delta, flags, is_final, synced_at)
                    select steve_transaction_id, p, measured_at, now(), meter_to_wh, meter_to_wh + 10, 0.01, '{}', false, now()
                      from synced_transaction_events e, lateral (select e.position + 1 as p) next
                     where steve_transaction_id = ? order by position desc limit 1 returning position
                    """);
                var state = database.prepareStatement("""
                    update transaction_sync_state set energy_wh = energy_wh + 10, live_power_w = 3600 + ?,
                           last_reading_at = now(), last_read_at = now(), updated_at = now(), revision = revision + 1
                     where steve_transaction_id = ?
                    """)) {
            while (System.nanoTime() - from < MEASURED.toNanos()) {
                long session = 1_000_000 + drivers.get(written % drivers.size());
                event.setLong(1, session);
                int position;
                try (var row = event.executeQuery()) {
                    row.next();
                    position = row.getInt(1);
                }
                state.setInt(1, written % 100);
                state.setLong(2, session);
                state.executeUpdate();
                // Readers may have it before the commit returns here.
                seen.committed.put(session + ":" + position, System.nanoTime());
                database.commit();
                written++;
                long wait = from + written * pause - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
            }
        } finally {
            database.setAutoCommit(true);
        }
        return written;
    }

    /** All connections of many readers break, and they come back within seconds. */
    private static void comeBack(
            PortalProcess portal,
            Browser operator,
            StreamClients clients,
            Seen seen,
            List<StreamClients.Client> open,
            int back)
            throws Exception {
        var gone = List.copyOf(open.subList(0, back));
        for (var client : gone) {
            client.close();
        }
        int left = open.size() - back;
        await(portal, () -> streams(operator) == left);
        open.subList(0, back).clear();
        seen.greetings.clear();
        var cpu = cpu(portal);
        long from = System.nanoTime();
        for (int i = 0; i < back; i++) {
            open.add(clients.open(gone.get(i).path(), gone.get(i).token()));
            long wait = from + (i + 1) * WITHIN.toNanos() / back - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(Duration.ofNanos(wait));
            }
        }
        await(portal, () -> seen.greetings.size() >= back);
        printTimes(back + " come back within " + WITHIN.toSeconds() + " s, greeted after", seen.greetings);
        print(
                "processor time of the portal for each, ms",
                "%.1f".formatted(cpu(portal).minus(cpu).toNanos() / 1e6 / back));
    }

    private static Duration cpu(PortalProcess portal) {
        return ProcessHandle.of(portal.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(PortalProcess portal, Condition condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            portal.requireAlive();
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Waited in vain; the portal's log:\n" + portal.log());
            }
            Thread.sleep(5);
        }
    }

    private static Browser operator(PortalProcess portal) throws Exception {
        while (true) {
            portal.requireAlive();
            Thread.sleep(100);
            try {
                var operator = portal.signedIn(PortalProcess.OPERATOR);
                if (operator.get("/api/v1/me").statusCode() == 200) {
                    return operator;
                }
            } catch (UncheckedIOException e) {
                // The portal does not listen yet.
            }
        }
    }

    /** Open streams, as the portal's metrics say. */
    private static int streams(Browser operator) {
        var metrics = operator.get("/actuator/prometheus").body();
        var found = STREAMS.matcher(metrics);
        if (!found.find()) {
            throw new IllegalStateException(metrics);
        }
        return (int) Double.parseDouble(found.group(1));
    }

    private static Connection database(PortalProcess portal) throws IOException, SQLException {
        return DriverManager.getConnection(portal.databaseUrl().orElseThrow());
    }

    /** Bytes of live objects, after a full collection; the histogram is kept. */
    private static long heap(PortalProcess portal, String name) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(portal.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "streams-heap-" + name + ".txt"), histogram);
        var total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException(histogram);
        }
        return Long.parseLong(total.group(1));
    }

    private static void print(String what, String figure) {
        System.out.printf("%-44s %14s%n", what, figure);
    }

    private static void printTimes(String what, java.util.Collection<Long> nanos) {
        var times = Latencies.ofNanos(nanos.stream().mapToLong(Long::longValue).toArray());
        print(
                what + ", p50, p99, max, ms",
                "%.0f, %.0f, %.0f".formatted(times.millis(0.5), times.millis(0.99), times.millis(1)));
    }
}
