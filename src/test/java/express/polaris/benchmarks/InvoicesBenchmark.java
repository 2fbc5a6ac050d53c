package express.polaris.benchmarks;

import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.testing.TestIssuer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Invoices 1,000 drivers with 40 sessions of 10 events each and monitors the heap. */
final class InvoicesBenchmark {

    static final int INVOICES = 1_000;
    private static final int SESSIONS = 40;
    private static final int EVENTS = 10;
    static final int INTERVALS = 5;

    /** Older than the sessions that sync compares with SteVe, which knows none of these. */
    private static final Duration AGO = Duration.ofDays(160);

    private InvoicesBenchmark() {}

    static void run() {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve, "--billing.first-run=P1D")) {
            write(portal);
            portal.jdbc()
                    .sql("update sync_cursor set last_wide_read_at = now()")
                    .update();
            TestIssuer.save(portal.jdbc());
            portal.jdbc().sql("vacuum analyze").update();
            System.out.printf(
                    "%n%,d invoices with %d sessions of %d events each%n%-10s %8s %22s%n",
                    INVOICES, SESSIONS, EVENTS, "invoices", "s", "heap after a GC, MB");
            System.out.printf("%-10d %8s %22d%n", 0, "", heapAfterCollection());
            var total = Duration.ZERO;
            for (int interval = 1; interval <= INTERVALS; interval++) {
                due(portal, interval);
                long start = System.nanoTime();
                int written = portal.bean(InvoicingJob.class).run(Optional.empty());
                var took = Duration.ofNanos(System.nanoTime() - start);
                if (written != INVOICES / INTERVALS) {
                    throw new IllegalStateException(written + " invoices, not " + INVOICES / INTERVALS);
                }
                total = total.plus(took);
                System.out.printf(
                        "%-10d %8.1f %22d%n", interval * written, total.toMillis() / 1_000.0, heapAfterCollection());
            }
            System.out.printf("peak of the heap, garbage included: %d MB%n", peak());
            System.out.printf(
                    "PDF and e-invoice of all of them stored %.1f s after the last%n",
                    untilDocumented(portal) / 1_000.0);
        }
    }

    /** Milliseconds until the job that makes documents has made all; it runs beside the invoices already. */
    private static long untilDocumented(BenchmarkPortal portal) {
        long start = System.nanoTime();
        while (portal.jdbc()
                        .sql("select count(*) from invoice_documents where pdf is not null")
                        .query(Integer.class)
                        .single()
                < INVOICES) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** Makes the invoices of the next drivers due. */
    static void due(BenchmarkPortal portal, int interval) {
        portal.jdbc()
                .sql("""
                    insert into subscriptions (driver_id, plan_id, started_at, ended_at, billing_time, time_zone, created_at)
                    select driver_id, (select max(id) from plans), min(started_at),
                           min(started_at) + interval '28 days', 'anniversary', 'Europe/Berlin', now()
                      from transaction_sync_state
                     where driver_id % :intervals = :interval - 1
                     group by driver_id
                    """)
                .param("intervals", INTERVALS)
                .param("interval", interval)
                .update();
        portal.jdbc().sql("analyze subscriptions, invoice_schedule").update();
    }

    static void write(BenchmarkPortal portal) {
        portal.jdbc().sql("""
            insert into plans (code, version, name, billing_interval, currency, fee, pay_in_advance, vat_rate, charges,
                   created_at)
            values ('month', 1, 'Month', 'monthly', 'EUR', 5, false, 19, cast(:charges as jsonb), now())
            """).param("charges", """
                [{"billable_metric_code": "energy_kwh", "charge_model": "graduated", "properties":
                  {"graduated_ranges": [
                    {"from_value": 0, "to_value": 100, "per_unit_amount": "0.30", "flat_amount": "0"},
                    {"from_value": 100, "to_value": null, "per_unit_amount": "0.20", "flat_amount": "0"}]}}]
                """).update();
        portal.jdbc().sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            select 'driver' || n || '@example.org', 'Driver ' || n, 'DRIVER', 'en', 'Europe/Berlin', now()
              from generate_series(1, :drivers) n
            """).param("drivers", INVOICES).update();
        portal.jdbc()
                .sql("""
                    insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                           driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized,
                           finalized_at, last_read_at, updated_at)
                    select 1000 + a.id * :sessions + n, 'BOX', 1, 'BENCH', a.id, at, at, at, 0, true, at, now(), at
                      from accounts a, (select n, cast(:since as timestamptz) + n * interval '16 hours' as at
                                          from generate_series(0, :sessions - 1) n) s
                     where a.role = 'DRIVER'
                    """)
                .param("sessions", SESSIONS)
                .param("since", Instant.now().minus(AGO).toString())
                .update();
        portal.jdbc().sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, is_final, synced_at)
            select steve_transaction_id, p, started_at + p * interval '15 minutes',
                   started_at + (p + 1) * interval '15 minutes', 0, 0, 1.234, p = :events - 1, started_at
              from transaction_sync_state, generate_series(0, :events - 1) p
            """).param("events", EVENTS).update();
    }

    private static long heapAfterCollection() {
        System.gc();
        return megabytes(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static long peak() {
        return megabytes(ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum());
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
