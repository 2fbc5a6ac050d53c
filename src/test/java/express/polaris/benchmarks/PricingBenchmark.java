package express.polaris.benchmarks;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.Coverage;
import express.polaris.billing.cost.SessionCostService;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices a session of 500 events in the middle of a yearly period with 100,000 events of its driver, first computed
 * each time and then cached, and again with 50 times the data of other drivers.
 */
final class PricingBenchmark {

    private static final int SESSIONS = 200;
    private static final int EVENTS = 500;
    private static final int OTHERS = 50;
    private static final int SESSION = 100;
    private static final int WARM_UP = 2_000;
    private static final int RUNS = 1_000;
    private static final int MARKET_RUNS = 200;
    private static final Duration SINCE = Duration.ofDays(360);

    private PricingBenchmark() {}

    static void run() {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve)) {
            var driver = portal.people().driver();
            subscribe(portal, driver, """
                [{"billable_metric_code": "energy_kwh", "charge_model": "graduated", "properties":
                  {"graduated_ranges": [
                    {"from_value": 0, "to_value": 2500, "per_unit_amount": "0.30", "flat_amount": "0"},
                    {"from_value": 2500, "to_value": null, "per_unit_amount": "0.20", "flat_amount": "0"}]}}]
                """);
            write(portal, driver.id(), 1);
            portal.jdbc().sql("vacuum analyze").update();
            System.out.printf(
                    "%nPrice of a session of %d events among %,d of its driver's year, computed again%n",
                    EVENTS, SESSIONS * EVENTS);
            System.out.printf("%-34s %9s %9s%n", "events of others", "p50 ms", "p99 ms");
            measure(portal, 0);
            measure(portal, 0);
            writeOthers(portal, driver.id());
            portal.jdbc().sql("vacuum analyze").update();
            measure(portal, OTHERS);
            measure(portal, OTHERS);
        }
    }

    /** Prices such a session under a series of market prices that changes every quarter of an hour. */
    static void runMarket() {
        try (var steve = new SimulatedSteve(Clock.systemUTC()).start();
                var portal = new BenchmarkPortal(steve)) {
            var driver = portal.people().driver();
            writeMarket(portal);
            subscribe(portal, driver, """
                [{"billable_metric_code": "energy_kwh", "charge_model": "dynamic", "properties":
                  {"price_series": "spot", "factor": "1.19", "markup": "0.07"}}]
                """);
            write(portal, driver.id(), 1);
            portal.jdbc().sql("vacuum analyze").update();
            var latencies = latencies(portal, MARKET_RUNS);
            System.out.printf(
                    "%nPrice of a session of %d events under quarter-hourly market prices, %d runs: p50 %.2f ms, p99 %.2f ms%n",
                    EVENTS, MARKET_RUNS, latencies.millis(0.5), latencies.millis(0.99));
        }
    }

    private static void writeMarket(BenchmarkPortal portal) {
        portal.jdbc()
                .sql("""
                    with series as (
                        insert into price_series (code, name, currency, unit, created_at)
                        values ('spot', 'Spot', 'EUR', 'kwh', now()) returning id)
                    insert into series_prices (series_id, from_at, to_at, per_kwh, recorded_at)
                    select series.id, at, at + interval '15 minutes',
                           0.05 + 0.01 * (extract(epoch from at)::bigint / 900 % 25), now()
                      from series, generate_series(date_trunc('day', cast(:since as timestamptz)),
                                                   now() + interval '2 days', interval '15 minutes') at
                    """)
                .param("since", Instant.now().minus(SINCE).toString())
                .update();
    }

    private static Latencies latencies(BenchmarkPortal portal, int runs) {
        var costs = portal.bean(SessionCostService.class);
        var session = session(portal);
        for (int run = 0; run < WARM_UP; run++) {
            price(portal, costs, session);
        }
        var took = new ArrayList<Duration>();
        for (int run = 0; run < runs; run++) {
            took.add(price(portal, costs, session));
        }
        return Latencies.of(took);
    }

    private static void measure(BenchmarkPortal portal, int others) {
        var latencies = latencies(portal, RUNS);
        System.out.printf(
                "%-34s %9.2f %9.2f%n",
                String.format("%,d", others * SESSIONS * EVENTS), latencies.millis(0.5), latencies.millis(0.99));
    }

    private static ChargingSession session(BenchmarkPortal portal) {
        return portal.bean(SessionService.class).find(new SessionId(SESSION)).orElseThrow();
    }

    private static Duration price(BenchmarkPortal portal, SessionCostService costs, ChargingSession session) {
        portal.jdbc().sql("delete from session_price").update();
        long start = System.nanoTime();
        var cost = costs.of(session);
        var took = Duration.ofNanos(System.nanoTime() - start);
        if (cost.coverage() != Coverage.BILLED) {
            throw new IllegalStateException("Session " + session.id() + " is " + cost.coverage() + ", not billed");
        }
        return took;
    }

    private static void subscribe(BenchmarkPortal portal, Account driver, String charges) {
        portal.jdbc()
                .sql("""
                    with plan as (
                        insert into plans (code, version, name, billing_interval, currency, fee, pay_in_advance, vat_rate,
                               charges, created_at)
                        values ('year', 1, 'Year', 'yearly', 'EUR', 0, false, 19, cast(:charges as jsonb), now())
                        returning id)
                    insert into subscriptions (driver_id, plan_id, started_at, billing_time, time_zone, created_at)
                    select :driver, id, cast(:since as timestamptz), 'anniversary', 'Europe/Berlin', now() from plan
                    """)
                .param("charges", charges)
                .param("driver", driver.id().value())
                .param("since", Instant.now().minus(SINCE).toString())
                .update();
    }

    /** Sessions of 500 readings, one per minute, 40 hours apart; ids start at {@code firstId}. */
    private static void write(BenchmarkPortal portal, AccountId driver, int firstId) {
        portal.jdbc()
                .sql("""
                    insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                           driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized,
                           finalized_at, last_read_at, updated_at)
                    select :first + n, 'BOX' || n % 100, 1, 'BENCH', :driver, at, at, at, 0, true, at, at, at
                      from (select n, cast(:since as timestamptz) + n * interval '40 hours' as at
                              from generate_series(0, :sessions - 1) n) s
                    """)
                .param("first", firstId)
                .param("driver", driver.value())
                .param("since", Instant.now().minus(SINCE).toString())
                .param("sessions", SESSIONS)
                .update();
        portal.jdbc()
                .sql("""
                    insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                           meter_from_wh, meter_to_wh, kwh_delta, is_final, synced_at)
                    select steve_transaction_id, p, started_at + p * interval '1 minute',
                           started_at + (p + 1) * interval '1 minute', 0, 0, 0.05, p = :events - 1, now()
                      from transaction_sync_state, generate_series(0, :events - 1) p
                     where driver_id = :driver
                    """)
                .param("events", EVENTS)
                .param("driver", driver.value())
                .update();
    }

    /**
     * Copies the data for other drivers with triggers disabled; they would take minutes, and their results are copied
     * as well.
     */
    private static void writeOthers(BenchmarkPortal portal, AccountId driver) {
        portal.jdbc()
                .sql("alter table synced_transaction_events disable trigger all")
                .update();
        for (int other = 1; other <= OTHERS; other++) {
            copy(portal, driver, portal.people().driver().id(), other * 1_000);
        }
        portal.jdbc()
                .sql("alter table synced_transaction_events enable trigger all")
                .update();
    }

    private static void copy(BenchmarkPortal portal, AccountId driver, AccountId other, int shift) {
        for (var sql : List.of("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                   started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at, last_read_at,
                   latest_is_final, updated_at)
            select steve_transaction_id + :shift, charge_box_id, connector_id, ocpp_id_tag, :other, started_at,
                   steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at, last_read_at,
                   latest_is_final, updated_at
              from transaction_sync_state where driver_id = :driver
            """, """
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, counted_kwh, is_final, synced_at, driver_id, billed_at)
            select steve_transaction_id + :shift, position, measured_from, measured_at, meter_from_wh, meter_to_wh,
                   kwh_delta, counted_kwh, is_final, synced_at, :other, billed_at
              from synced_transaction_events where driver_id = :driver
            """, """
            insert into driver_energy_days (driver_id, day, kwh)
            select :other, day, kwh from driver_energy_days where driver_id = :driver and :shift > 0
            """)) {
            portal.jdbc()
                    .sql(sql)
                    .param("shift", shift)
                    .param("other", other.value())
                    .param("driver", driver.value())
                    .update();
        }
    }
}
