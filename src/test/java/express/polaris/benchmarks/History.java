package express.polaris.benchmarks;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three years of completed sessions of many drivers, inserted directly into the database. */
final class History {

    static final int SESSIONS = 20_000;
    static final int READINGS_OF_THE_LONG_SESSION = 500;

    private static final Duration YEARS = Duration.ofDays(3 * 365);

    /** Older than the sessions that sync compares with SteVe, which knows none of these. */
    private static final Duration OLDER_THAN = Duration.ofDays(100);

    /**
     * Size of the history.
     *
     * @param readings of every session but the latest
     */
    record Scale(int sessions, int drivers, int readings, Duration olderThan) {}

    private History() {}

    /** @return the driver of the latest session, which has {@link #READINGS_OF_THE_LONG_SESSION} */
    static Account write(BenchmarkPortal portal) {
        return write(portal, new Scale(SESSIONS, 40, 20, OLDER_THAN));
    }

    /** @return the driver of the latest session */
    static Account write(BenchmarkPortal portal, Scale scale) {
        savePlan(portal.bean(PlanService.class));
        var since = Instant.now().minus(scale.olderThan()).minus(YEARS);
        var drivers = IntStream.range(0, scale.drivers())
                .mapToObj(i -> portal.people().driver())
                .toList();
        for (int i = 0; i < scale.drivers(); i++) {
            var driver = drivers.get(i);
            portal.bean(SubscriptionService.class)
                    .subscribe(new NewSubscription(
                            driver.id(), "benchmark", since.toString(), "calendar", "Europe/Berlin"));
            var outcome = portal.bean(CardLinkService.class)
                    .link(new IdTag("BENCH" + i), driver.id(), Optional.of("Card"), Optional.of(since));
            var card = outcome.card();
            writeSessions(portal.jdbc(), scale, i, driver, card.id().value(), since);
        }
        writeEvents(portal.jdbc(), scale);
        portal.jdbc().sql("analyze").update();
        return drivers.get(scale.sessions() % scale.drivers());
    }

    private static void savePlan(PlanService plans) {
        var tiers = Stream.of(new String[] {"0", "100", "0.39"}, new String[] {"100", "300", "0.35"}, new String[] {
                    "300", null, "0.31"
                })
                .map(tier -> {
                    var range = new java.util.HashMap<String, Object>();
                    range.put("from_value", Integer.valueOf(tier[0]));
                    range.put("to_value", tier[1] == null ? null : Integer.valueOf(tier[1]));
                    range.put("per_unit_amount", tier[2]);
                    range.put("flat_amount", "0");
                    return range;
                })
                .toList();
        var outcome = plans.save(Map.of(
                "code", "benchmark",
                "name", "Benchmark",
                "interval", "monthly",
                "amount_cents", 500,
                "amount_currency", "EUR",
                "pay_in_advance", false,
                "charges",
                        List.of(Map.of(
                                "billable_metric_code", "energy_kwh",
                                "charge_model", "graduated",
                                "properties", Map.of("graduated_ranges", tiers)))));
    }

    /** Every session takes two hours and 12 kWh; the sessions of a driver are evenly spaced. */
    private static void writeSessions(
            JdbcClient jdbc, Scale scale, int number, Account driver, long card, Instant since) {
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   ev_card_id, driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
                   steve_stopped_at, stop_value_wh, stop_reason, stop_actor, is_finalized, finalized_at, energy_wh, last_energy_at,
                   last_reading_at, sampling_seconds, last_read_at, updated_at)
            select id, 'BOX' || id % 100, 1, 'BENCH' || :number, :card, :driver, start, start, start,
                   1000000, stop, stop, 1012000, 'Local', 'station', true, stop, 12000, stop, stop, 360, stop, stop
              from (select id, start, start + interval '2 hours' as stop
                      from (select id, :since::timestamptz + id * :seconds * interval '1 second' as start
                              from generate_series(1, :sessions) as id
                             where id % :drivers = :number) as starts) as sessions
            """)
                .param("number", number)
                .param("card", card)
                .param("driver", driver.id().value())
                .param("since", since.toString())
                .param("seconds", YEARS.toSeconds() / scale.sessions())
                .param("sessions", scale.sessions())
                .param("drivers", scale.drivers())
                .update();
    }

    private static void writeEvents(JdbcClient jdbc, Scale scale) {
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, power_w, soc, is_final, synced_at)
            select id, n, start + n * step, start + (n + 1) * step,
                   1000000 + n * wh, 1000000 + (n + 1) * wh, wh / 1000, 5000 + n % 50 * 40, 20 + n * 60 / readings,
                   n = readings - 1, start + (n + 1) * step
              from (select steve_transaction_id as id, started_at as start, readings,
                           (stopped_at - started_at) / readings as step, energy_wh / readings as wh
                      from transaction_sync_state,
                           lateral (select case when steve_transaction_id = :sessions then :long else :short end
                                           as readings) as lengths) as sessions,
                   lateral generate_series(0, readings - 1) as n
            """)
                .param("sessions", scale.sessions())
                .param("long", READINGS_OF_THE_LONG_SESSION)
                .param("short", scale.readings())
                .update();
    }
}
