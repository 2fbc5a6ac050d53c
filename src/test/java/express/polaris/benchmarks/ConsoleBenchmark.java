package express.polaris.benchmarks;

import express.polaris.accounts.Account;
import express.polaris.demo.simulator.SimulatedSteve;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures the first page of every transaction search and the overview over 200,000 sessions and 20 million events, and
 * reports the query plans under {@code target}.
 */
final class ConsoleBenchmark {

    private static final int SESSIONS = 200_000;
    private static final int READINGS = 100;
    private static final int DRIVERS = 100;
    private static final int CONNECTIONS = 2;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Path REPORT = Path.of("target", "console-benchmark.txt");

    /** As in {@code Sessions}, with limits of two hours and two days before now. */
    private static final String STUCK = """
        (not s.is_finalized
          and (s.last_reading_at < now() - interval '2 hours'
            or s.last_reading_at is null and s.started_at < now() - interval '48 hours'
            or exists (
                select 1 from transaction_sync_state newer
                 where lower(newer.charge_box_id) = lower(s.charge_box_id)
                   and newer.connector_id = s.connector_id
                   and newer.started_at > s.started_at
                   and newer.steve_transaction_id > s.steve_transaction_id)))""";

    private ConsoleBenchmark() {}

    static void run() throws Exception {
        // Only pages are measured: no session is due, because this SteVe knows none of them.
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve)) {
            var drivers = people(portal);
            var begun = Instant.now();
            fill(portal, drivers);
            System.out.printf(
                    "%n%,d sessions with %,d events were written in %d s%n",
                    SESSIONS,
                    count(portal, "synced_transaction_events"),
                    Duration.between(begun, Instant.now()).toSeconds());
            var cookie = portal.cookie(portal.people().operator());
            var load = new LoadGenerator(portal.port(), CONNECTIONS);
            var report = new StringBuilder();
            System.out.printf("%-44s %8s %10s %9s %9s%n", "page", "rows", "requests/s", "p50 ms", "p99 ms");
            for (var search : searches(drivers.getFirst()).entrySet()) {
                measure(portal, load, cookie, "/operator/transactions" + search.getKey());
                report.append(plan(portal.bean(DataSource.class), search.getKey(), search.getValue()));
            }
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, report);
            measure(portal, load, cookie, "/operator/transactions/" + SESSIONS);
            measure(portal, load, cookie, "/operator/sync");
            measure(portal, load, cookie, "/operator");
            System.out.println("The plans are in " + REPORT);
        }
    }

    /** Maps the query string of each search to its SQL condition. */
    private static Map<String, String> searches(Account driver) {
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(400);
        var searches = new LinkedHashMap<String, String>();
        searches.put("", "true");
        searches.put("?status=in_progress", "not (s.is_finalized and s.latest_is_final)");
        searches.put("?status=completed", "(s.is_finalized and s.latest_is_final)");
        searches.put("?id=4711", "s.steve_transaction_id = 4711");
        searches.put("?idTag=bench7", "lower(s.ocpp_id_tag) = lower('bench7')");
        searches.put("?idTag=RARE", "lower(s.ocpp_id_tag) = lower('RARE')");
        searches.put("?idTag=nobodys", "lower(s.ocpp_id_tag) = lower('nobodys')");
        searches.put("?driver=" + driver.id(), "s.driver_id = " + driver.id());
        searches.put("?chargeBoxId=box42", "lower(s.charge_box_id) = lower('box42')");
        searches.put("?chargeBoxId=nowhere", "lower(s.charge_box_id) = lower('nowhere')");
        searches.put(
                "?from=" + day + "&to=" + day,
                "s.started_at >= '%s' and s.started_at < '%s'".formatted(day, day.plusDays(1)));
        searches.put("?linked=false", "s.driver_id is null");
        searches.put("?linked=true", "s.driver_id is not null");
        searches.put("?stuck=true", STUCK);
        searches.put("?flag=awaiting_final_reading", "(s.is_finalized and not s.latest_is_final)");
        searches.put("?flag=flagged", "s.flags <> '{}'");
        for (var flag : List.of("clock", "meter_reset", "implausible", "reset_correction", "correction")) {
            searches.put("?flag=" + flag, "s.flags @> '{%s}'".formatted(flag));
        }
        searches.put("?flag=vanished", "s.gone_from_steve_at is not null");
        searches.put("?flag=reused_id", "s.id_reused");
        searches.put(
                "?linked=false&chargeBoxId=box42", "s.driver_id is null and lower(s.charge_box_id) = lower('box42')");
        searches.put(
                "?status=in_progress&driver=" + driver.id(),
                "not (s.is_finalized and s.latest_is_final) and s.driver_id = " + driver.id());
        searches.put(
                "?status=completed&flag=implausible&linked=true",
                "(s.is_finalized and s.latest_is_final) and s.flags @> '{implausible}' and s.driver_id is not null");
        return searches;
    }

    private static List<Account> people(BenchmarkPortal portal) {
        var drivers = new ArrayList<Account>();
        for (int i = 0; i < DRIVERS; i++) {
            drivers.add(portal.people().driver());
        }
        return drivers;
    }

    /**
     * Inserts directly into the tables with triggers disabled and writes the columns that the triggers would maintain.
     */
    private static void fill(BenchmarkPortal portal, List<Account> drivers) {
        var jdbc = portal.jdbc();
        // Durability is not needed while loading, and ordered inserts need no index until the end.
        setting(jdbc, "fsync = off");
        setting(jdbc, "max_wal_size = '8GB'");
        var indexes = jdbc.sql("""
            select indexdef from pg_indexes i
             where tablename = 'synced_transaction_events'
               and not exists (select from pg_constraint c where c.conname = i.indexname)
            """).query(String.class).list();
        jdbc.sql("""
            select indexname from pg_indexes i
             where tablename = 'synced_transaction_events'
               and not exists (select from pg_constraint c where c.conname = i.indexname)
            """)
                .query(String.class)
                .list()
                .forEach(index -> jdbc.sql("drop index " + index).update());
        jdbc.sql("alter table synced_transaction_events disable trigger all").update();
        jdbc.sql("alter table transaction_sync_state disable trigger all").update();
        long first = drivers.getFirst().id().value();
        // Rare values occur once in ten thousand rows, and the rarest of each is among the oldest.
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
                   steve_stopped_at, stop_value_wh, stop_reason, stop_actor, is_finalized, finalized_at, energy_wh, last_energy_at, last_reading_at,
                   sampling_seconds, last_read_at, flags, gone_from_steve_at, latest_is_final, id_reused, updated_at)
            select id, 'BOX' || id % 100, 1 + id % 2, case when id % 50000 = 3 then 'RARE' else 'BENCH' || id % :drivers end,
                   case when id % 10000 = 3 then null else :first + id % :drivers end,
                   start, start, start, 1000000, case when live then null else stop end,
                   case when live then null else stop end,
                   case when live then null else 1012000 end, case when live then null else 'Local' end,
                   case when live then null else 'station' end, not live, case when live then null else stop end,
                   12000, stop, stop, 72, stop,
                   case id % 10000 when 11 then '{clock}' when 12 then '{meter_reset}' when 13 then '{implausible}'
                                   when 14 then '{reset_correction}' when 15 then '{correction}'
                                   else '{}' end::text[],
                   case when id % 10000 = 16 then stop end, id % 10000 not in (1, 2), id % 10000 = 17, stop
              from (select id, id % 10000 = 1 as live,
                           now() - interval '3 years' - interval '100 days' + id * interval '473 seconds' as start,
                           now() - interval '3 years' - interval '100 days' + id * interval '473 seconds'
                               + interval '2 hours' as stop
                      from generate_series(1, :sessions) id) s
            """)
                .param("first", first)
                .param("drivers", DRIVERS)
                .param("sessions", SESSIONS)
                .update();
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, power_w, is_final, synced_at, driver_id, billed_at)
            select s.steve_transaction_id, n, s.started_at + n * interval '72 seconds',
                   s.started_at + (n + 1) * interval '72 seconds', 1000000 + n * 120, 1000120 + n * 120, 0.12, 6000,
                   n = :readings - 1 and s.latest_is_final, s.started_at, s.driver_id,
                   s.started_at + (n + 1) * interval '72 seconds'
              from (select * from transaction_sync_state order by steve_transaction_id) s,
                   lateral generate_series(0, :readings - s.connector_id * 0 - 1) n
            """).param("readings", READINGS).update();
        indexes.forEach(index -> jdbc.sql(index).update());
        jdbc.sql("alter table synced_transaction_events enable trigger all").update();
        jdbc.sql("alter table transaction_sync_state enable trigger all").update();
        // Keeps sync from probing the ids up to here one by one.
        jdbc.sql("update sync_cursor set first_import_done = true, highest_probed_id = ?")
                .param(SESSIONS)
                .update();
        jdbc.sql("vacuum analyze").update();
        jdbc.sql("alter system reset all").update();
        jdbc.sql("checkpoint").update();
        jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    private static void setting(JdbcClient jdbc, String setting) {
        jdbc.sql("alter system set " + setting).update();
        jdbc.sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    private static long count(BenchmarkPortal portal, String table) {
        return portal.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private static void measure(BenchmarkPortal portal, LoadGenerator load, String cookie, String page)
            throws Exception {
        var html = fetch(portal.port(), page, cookie);
        load.run(page, cookie, WARM_UP);
        var result = load.run(page, cookie, ROUND);
        System.out.printf(
                "%-44s %8d %10.0f %9.2f %9.2f%n",
                page.replace("/operator/transactions", "…"),
                html.split("data-key=", -1).length - 1,
                result.perSecond(),
                result.latencies().millis(0.5),
                result.latencies().millis(0.99));
    }

    /** Wraps the condition in the page's query; see {@code Sessions}. */
    private static String plan(DataSource database, String search, String condition) throws SQLException {
        var plan = new StringBuilder("\n== " + search + "\n");
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                    explain (analyze, buffers)
                    select s.*, latest.measured_at as last_measured_at
                      from (select s.* from transaction_sync_state s
                             where %s
                             order by s.started_at desc, s.steve_transaction_id desc limit 51) s
                      left join lateral (select e.measured_at from synced_transaction_events e
                                          where e.steve_transaction_id = s.steve_transaction_id
                                          order by e.position desc limit 1) latest on true
                     order by s.started_at desc, s.steve_transaction_id desc
                    """.formatted(condition))) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static String fetch(int port, String page, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + page))
                .header("Accept", "text/html")
                .header("Cookie", cookie)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(page + " answers " + answer.statusCode());
            }
            return answer.body();
        }
    }
}
