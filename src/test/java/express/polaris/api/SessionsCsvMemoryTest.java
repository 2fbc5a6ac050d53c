package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Red means that a long table is gathered in memory before it is sent, or while it is. */
@ApplicationTest
class SessionsCsvMemoryTest {

    private static final int SESSIONS = 100_000;
    private static final long MUCH = 24L * 1024 * 1024;

    private final Portal portal;
    private final JdbcClient jdbc;

    SessionsCsvMemoryTest(Portal portal, JdbcClient jdbc) {
        this.portal = portal;
        this.jdbc = jdbc;
    }

    @Test
    void aHundredThousandRowsTakeNoMoreMemoryThanAFew() throws IOException, InterruptedException {
        var driver = portal.driver();
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, is_finalized, updated_at)
            select 800000000 + n, 'LONG', 1, 'LONGTAG', :driver, start, start, start, 0, false, start
              from (select n, now() - n * interval '3 minutes' as start from generate_series(1, :count) n) started
            """)
                .param("driver", driver.id().value())
                .param("count", SESSIONS)
                .update();
        jdbc.sql("analyze transaction_sync_state").update();
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
            jdbc.sql("delete from transaction_sync_state where steve_transaction_id > 800000000")
                    .update();
        }
    }

    /** What is still referred to: the collector has just run. */
    private static long memoryInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
