package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Portal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Fails if a long CSV is buffered in memory before or while it is sent. */
@ApplicationTest
class SessionsCsvMemoryTest {

    private static final int SESSIONS = 40_000;

    /** Every 30th session has no cached price and is priced on demand. */
    private static final int ONE_IS_PRICED_OF = 30;

    /** If they were kept in memory, eight tenths of the sessions would take 32 MB. */
    private static final long MUCH = 8L * 1024 * 1024;

    private final Portal portal;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final BillingData data;

    SessionsCsvMemoryTest(
            Portal portal, JdbcClient jdbc, TransactionTemplate transactions, ApplicationContext application) {
        this.portal = portal;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.data = new BillingData(application);
    }

    @Test
    void fortyThousandPricedSessionsTakeNoMoreMemoryThanAFew() throws IOException, InterruptedException {
        var driver = portal.driver();
        data.subscribe(driver, Instant.now().minus(Duration.ofDays(400)).toString());
        charged(driver);
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(portal.browser().uri("/api/v1/sessions.csv"))
                    .header("Authorization", "Bearer " + portal.token(driver))
                    .build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                int read = 0;
                long early = 0;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    read++;
                    if (read > 1) {
                        assertThat(line).contains(",completed,LONG,", ",1.000000,", ",0.30,EUR,billed,"); // 1 × 0.30
                    }
                    if (read == SESSIONS / 10) {
                        early = memoryInUse();
                    }
                    if (read == SESSIONS * 9 / 10) {
                        assertThat(memoryInUse() - early).isLessThan(MUCH);
                    }
                }
                assertThat(read).isEqualTo(1 + SESSIONS);
            }
        } finally {
            byThemselves(() -> {
                for (var table : List.of("session_price", "synced_transaction_events", "transaction_sync_state")) {
                    jdbc.sql("delete from " + table + " where driver_id = ?")
                            .param(driver.id().value())
                            .update();
                }
            });
        }
    }

    /** Sessions of two minutes and 1 kWh each, back to back until now. */
    private void charged(Account driver) {
        byThemselves(() -> insert(driver));
        jdbc.sql("analyze transaction_sync_state, synced_transaction_events, session_price")
                .update();
    }

    /** Skips triggers and constraint checks, which would take most of the time; the rows are already consistent. */
    private void byThemselves(Runnable changes) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            changes.run();
        });
    }

    private void insert(Account driver) {
        for (var sql : List.of("""
                insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                       driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, energy_wh, stopped_at,
                       steve_stopped_at, stop_value_wh, is_finalized, finalized_at, updated_at, latest_is_final)
                select 800000000 + n, 'LONG', 1, 'LONGTAG', :driver, start, start, start, 0, 1000,
                       start + interval '2 minutes', start + interval '2 minutes', 1000, true, start, start, true
                  from (select n, now() - n * interval '3 minutes' as start
                          from generate_series(1, :count) n) started
                """, """
                insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                       meter_from_wh, meter_to_wh, kwh_delta, counted_kwh, is_final, synced_at, driver_id,
                       billed_at)
                select steve_transaction_id, 0, started_at, stopped_at, 0, 1000, 1, 1, true, stopped_at, driver_id,
                       stopped_at
                  from transaction_sync_state
                 where driver_id = :driver and :count > 0
                """, """
                insert into session_price (steve_transaction_id, driver_id, until, amount, currency, coverage, estimate,
                       lines)
                select steve_transaction_id, driver_id, stopped_at, 0.3, 'EUR', 'BILLED', true,
                       jsonb_build_array(jsonb_build_object('from', '2026-01-01T00:00:00Z', 'to',
                           '2026-02-01T00:00:00Z', 'plan', 'home', 'band', '0–∞', 'wh', '1000', 'unitPrice', '0.30',
                           'flat', '0', 'amount', '0.3'))
                  from transaction_sync_state
                 where driver_id = :driver and steve_transaction_id % """ + ONE_IS_PRICED_OF + """
                  <> 0 and :count > 0
                """)) {
            jdbc.sql(sql)
                    .param("driver", driver.id().value())
                    .param("count", SESSIONS)
                    .update();
        }
    }

    /** Memory in use right after a garbage collection. */
    private static long memoryInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
