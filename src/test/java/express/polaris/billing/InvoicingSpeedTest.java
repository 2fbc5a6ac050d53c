package express.polaris.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invoices with 40 sessions each; {@code -Dpolaris.invoices=1000} measures the whole aim. */
class InvoicingSpeedTest {

    private static final Logger log = LoggerFactory.getLogger(InvoicingSpeedTest.class);
    private static final int INVOICES = Integer.getInteger("polaris.invoices", 50);

    /** The aim is 60 s for 1,000; a busy machine has three times that. */
    private static final Duration LIMIT_PER_INVOICE = Duration.ofMillis(180);

    @Test
    void invoicesAreDrawnUpFast() {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(TestDatabase.freshUrl());
            var fixture = new BillingFixture(pool);
            fixture.clock.at("2026-06-15T12:00:00Z");
            var plan = fixture.plan("monthly", BillingFixture.graduated("100", "0.30", "0.20"));
            for (int count = 0; count < INVOICES; count++) {
                fixture.subscribe(
                        fixture.driver(),
                        plan,
                        Instant.parse("2026-04-30T22:00:00Z"),
                        Optional.empty(),
                        "calendar",
                        BillingFixture.BERLIN);
            }
            fill(fixture);
            fixture.everythingIsRead();
            fixture.jdbc.sql("analyze").update();

            long start = System.nanoTime();
            int written = fixture.get(Invoicing.class).run(Optional.empty());
            var took = Duration.ofNanos(System.nanoTime() - start);

            log.info("{} invoices with 40 sessions of 10 events each take {} ms", written, took.toMillis());
            assertThat(written).isEqualTo(INVOICES);
            assertThat(took).isLessThan(LIMIT_PER_INVOICE.multipliedBy(INVOICES));
        }
    }

    private static void fill(BillingFixture fixture) {
        fixture.jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                   started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, finalized_at, updated_at)
            select 1000 + a.id * 40 + n, 'CP1', 1, 'TAG', a.id, at, at, at, 0, true, at, at
              from accounts a, (select n, timestamptz '2026-05-02 08:00Z' + n * interval '16 hours' as at
                                  from generate_series(0, 39) n) s
            """).update();
        fixture.jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, is_final, synced_at)
            select steve_transaction_id, p, started_at, started_at + p * interval '15 minutes', 0, 0, 1.234, p = 9, now()
              from transaction_sync_state, generate_series(0, 9) p
            """).update();
    }
}
