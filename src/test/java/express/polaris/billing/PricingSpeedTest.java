package express.polaris.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.accounts.AccountId;
import express.polaris.sessions.ChargingSession;
import express.polaris.sessions.SessionId;
import express.polaris.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of 500 events in a yearly period that has 100,000 events of its driver, beside as many of others. */
class PricingSpeedTest {

    private static final Logger log = LoggerFactory.getLogger(PricingSpeedTest.class);

    /** Many times the aim of 5 ms, so that a busy machine does not fail it; reading the whole period takes far longer. */
    private static final Duration LIMIT = Duration.ofMillis(50);

    @Test
    void theCostOfASessionDoesNotGrowWithItsPeriod() {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(TestDatabase.freshUrl());
            var fixture = new BillingFixture(pool);
            var anna = fixture.driver();
            fill(fixture, anna, 1);
            fill(fixture, fixture.driver(), 1_000);
            fixture.subscribe(
                    anna,
                    fixture.plan("yearly", BillingFixture.graduated("1000", "0.30", "0.20")),
                    "2025-06-01T00:00:00Z",
                    Optional.empty());
            fixture.jdbc.sql("analyze").update();
            var session = fixture.find(new SessionId(200));

            var took = median(fixture, session);

            log.info(
                    "A session of 500 events among 100,000 of its driver's is priced in {} µs", took.toNanos() / 1_000);
            assertThat(took).isLessThan(LIMIT);
            assertThat(fixture.cost(session.id()).coverage()).isEqualTo(Coverage.BILLED);
        }
    }

    private static Duration median(BillingFixture fixture, ChargingSession session) {
        var costs = fixture.get(SessionCosts.class);
        return IntStream.range(0, 400)
                .mapToObj(run -> {
                    fixture.jdbc.sql("delete from session_price").update();
                    long start = System.nanoTime();
                    costs.of(session);
                    return Duration.ofNanos(System.nanoTime() - start);
                })
                .skip(300)
                .sorted()
                .toList()
                .get(50);
    }

    /** 200 sessions of 500 events, one a minute, spread over the year; ids from {@code firstId} on. */
    private static void fill(BillingFixture fixture, AccountId driver, int firstId) {
        var start = Instant.parse("2026-01-05T00:00:00Z").toString();
        fixture.jdbc
                .sql("""
                    insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                           started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at, updated_at)
                    select :first + n, 'CP1', 1, 'TAG', :driver, at, at, at, 0, true, at, at
                      from (select n, cast(:start as timestamptz) + n * interval '40 hours' as at
                              from generate_series(0, 199) n) s
                    """)
                .param("first", firstId)
                .param("driver", driver.value())
                .param("start", start)
                .update();
        fixture.jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, is_final, synced_at)
            select steve_transaction_id, p, started_at, started_at + p * interval '1 minute', 0, 0, 0.05, p = 499, now()
              from transaction_sync_state, generate_series(0, 499) p
             where driver_id = :driver
            """).param("driver", driver.value()).update();
    }
}
