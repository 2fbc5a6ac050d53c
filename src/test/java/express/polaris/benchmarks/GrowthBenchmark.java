package express.polaris.benchmarks;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.billing.plans.PlanService;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.EveryGet;
import express.polaris.testing.SealedHistory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.config.ScheduledTask;

/**
 * Measures every job, page, search, export and call of the API with few and with many invoiced events behind the same open
 * months, and what the table of events costs at both sizes.
 */
final class GrowthBenchmark {

    private static final SealedHistory.Scale SCALE = new SealedHistory.Scale(100, 25, 100);
    private static final int ROUNDS = 15;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);
    private static final double TARGET = 1.3;

    private final BenchmarkPortal portal;
    private final SealedHistory history;
    private final List<ScheduledTask> jobs;
    private final HttpClient http = HttpClient.newHttpClient();

    private GrowthBenchmark(BenchmarkPortal portal, SealedHistory history, List<ScheduledTask> jobs) {
        this.portal = portal;
        this.history = history;
        this.jobs = jobs;
    }

    /**
     * @param few millions of events that are invoiced or open at first
     * @param many millions of events afterwards
     */
    static void run(int few, int many) throws Exception {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve, "--polaris.public.url=http://127.0.0.1")) {
            var jobs = List.copyOf(
                    portal.bean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks());
            jobs.forEach(job -> job.cancel(false));
            portal.people().operator();
            try (var history = SealedHistory.begin(
                    portal.bean(DataSource.class), portal.bean(PlanService.class), SCALE, Instant.now())) {
                new GrowthBenchmark(portal, history, jobs).measure(few, many);
            }
        }
    }

    private void measure(int millions, int manyMillions) throws Exception {
        grow(millions);
        // What is compiled by and by would make the first figures too high.
        repeatableTimes();
        var few = times();
        grow(manyMillions);
        var many = times();
        System.out.printf("%n%-100s %10s %10s %7s%n", "fastest of " + ROUNDS + ", ms", "few", "many", "ratio");
        int missed = 0;
        for (var one : many.entrySet()) {
            double before = few.getOrDefault(one.getKey(), Double.NaN);
            double ratio = one.getValue() / before;
            missed += ratio > TARGET ? 1 : 0;
            System.out.printf(
                    "%-100s %10.2f %10.2f %7.2f%s%n",
                    one.getKey(), before, one.getValue(), ratio, ratio > TARGET ? " *" : "");
        }
        System.out.printf("%d of %d above %.1f%n", missed, many.size(), TARGET);
    }

    /** Fills without durability, and with the largest index built at the end. */
    private void grow(int millions) throws InterruptedException {
        int months = (int) Math.max(2, Math.ceilDiv(millions * 1_000_000L, SCALE.eventsOfAMonth()) - 2);
        var jdbc = portal.jdbc();
        for (var setting : List.of(
                "fsync = off",
                "full_page_writes = off",
                "synchronous_commit = off",
                "max_wal_size = '8GB'",
                "maintenance_work_mem = '512MB'")) {
            jdbc.sql("alter system set " + setting).update();
        }
        jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
        var index = jdbc.sql("select indexdef from pg_indexes where indexname = 'synced_transaction_events_usage'")
                .query(String.class)
                .single();
        history.run("drop index synced_transaction_events_usage");
        var begun = Instant.now();
        history.growTo(months);
        history.run(index);
        System.out.printf(
                "%n%,d events in %d invoiced and 1 open months, %,d sessions, %,d invoices, written in %d s%n",
                history.count("synced_transaction_events"),
                months,
                history.count("transaction_sync_state"),
                history.count("invoices"),
                Duration.between(begun, Instant.now()).toSeconds());
        System.out.printf(
                "%-60s %10.1f%n", "first vacuum of events, s", seconds("vacuum (analyze) synced_transaction_events"));
        history.run("vacuum analyze");
        jdbc.sql("alter system reset all").update();
        jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
        history.run("checkpoint");
        System.out.printf(
                "%-60s %10.1f%n", "vacuum of events without changes, s", seconds("vacuum synced_transaction_events"));
        System.out.printf("%-60s %10.1f%n", "analyze of events, s", seconds("analyze synced_transaction_events"));
        sizes(jdbc);
    }

    private double seconds(String sql) {
        long start = System.nanoTime();
        history.run(sql);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void sizes(JdbcClient jdbc) {
        jdbc.sql("""
            select c.relname, pg_relation_size(c.oid) as bytes from pg_class c
             where c.relname in ('synced_transaction_events', 'sealed_events', 'transaction_sync_state')
                or c.oid in (select indexrelid from pg_index
                              where indrelid in ('synced_transaction_events'::regclass, 'sealed_events'::regclass))
             order by c.relname
            """).query(row -> {
            System.out.printf("%-60s %10.1f MB%n", row.getString("relname"), row.getLong("bytes") / 1e6);
        });
        System.out.printf(
                "%-60s %10.1f MB%n",
                "the whole database",
                jdbc.sql("select pg_database_size(current_database())")
                                .query(Long.class)
                                .single()
                        / 1e6);
    }

    private Map<String, Double> times() throws Exception {
        var times = repeatableTimes();
        history.makeThreeDue();
        var invoicing = jobs.stream()
                .filter(job -> job.toString().contains("InvoicingJob"))
                .findFirst()
                .orElseThrow();
        times.put("three invoices", millis(invoicing.getTask().getRunnable()::run));
        return times;
    }

    private Map<String, Double> repeatableTimes() throws Exception {
        var times = new LinkedHashMap<String, Double>();
        jobs.forEach(job -> times.put(job.toString(), fastest(job.getTask().getRunnable()::run)));
        times.put("import: a new session with 100 events", fastest(this::importSession));
        times.put("a driver's energy of an invoiced month, by its index alone", fastest(this::energyOfAMonth));
        var operator = portal.cookie(portal.people().operator());
        var driver = portal.cookie(portal.bean(AccountService.class)
                .find(new AccountId(history.driver()))
                .orElseThrow());
        for (var address : EveryGet.of(portal.application(), history)) {
            var cookie = EveryGet.isOperators(address) ? operator : driver;
            boolean export = EveryGet.isExport(address);
            times.put(
                    (export ? "first byte of " : "GET ") + address.replaceAll("\\d{5,}", "…"),
                    fastest(() -> open(address, cookie, export)));
        }
        return times;
    }

    /** What an import writes of a new session, with all triggers; taken back. */
    private void importSession() {
        try (var connection = portal.bean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                       started_at, steve_started_at, first_seen_at, start_value_wh, updated_at)
                select max(steve_transaction_id) + 1, 'GROWN-1', 1, 'GROWN9', %d, now(), now(), now(), 0, now()
                  from transaction_sync_state
                """.formatted(history.driver()));
            statement.execute("""
                insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                       meter_from_wh, meter_to_wh, kwh_delta, power_w, is_final, synced_at)
                select id, p, now() + p * interval '1 minute', now() + (p + 1) * interval '1 minute', p * 100,
                       (p + 1) * 100, 0.1, 6000, false, now()
                  from (select max(steve_transaction_id) as id from transaction_sync_state) s, generate_series(0, 99) p
                """);
            connection.rollback();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void energyOfAMonth() {
        portal.jdbc()
                .sql("""
            select sum(counted_kwh) from synced_transaction_events
             where driver_id = ? and billed_at > now() - interval '95 days' and billed_at <= now() - interval '65 days'
            """)
                .param(history.driver())
                .query((row, number) -> number)
                .list();
    }

    private void open(String address, String cookie, boolean firstByte) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal.port() + address))
                    .header("Cookie", cookie)
                    .build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(address + " answers " + answer.statusCode());
            }
            try (var body = answer.body()) {
                if (firstByte) {
                    body.read();
                } else {
                    body.readAllBytes();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(address, e);
        }
    }

    /** Two rounds warm up; what takes long is measured less often. */
    private static double fastest(Runnable action) {
        var times = new ArrayList<Double>();
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS + 2; round++) {
            double millis = millis(action);
            if (round >= 2 || millis > LONG_ENOUGH.toMillis()) {
                times.add(millis);
            }
            if (!times.isEmpty() && System.nanoTime() - start > LONG_ENOUGH.toNanos()) {
                break;
            }
        }
        return times.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double millis(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
