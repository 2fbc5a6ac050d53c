package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import express.polaris.testing.StoredSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A session with more events than a page shows: the timeline has all of them, a page a bounded number. */
@ApplicationTest
class ManyEventsTest {

    private static final int EVENTS = 5_000;
    private static final Pattern ROW = Pattern.compile("data-key=\"([0-9]+)\"");
    private static final Pattern EVENT = Pattern.compile("id=\"event-([0-9]+)\"");

    private final Portal portal;
    private final JdbcClient jdbc;
    private final Account driver;
    private final long id;

    ManyEventsTest(Portal portal, JdbcClient jdbc) {
        this.portal = portal;
        this.jdbc = jdbc;
        driver = portal.driver();
        id = new StoredSessions(jdbc)
                .open("MANY", Optional.of(driver.id().value()), Instant.now().minus(Duration.ofHours(14)));
        insertEvents();
    }

    /** An event of 5 Wh every ten seconds. */
    private void insertEvents() {
        jdbc.sql("""
            insert into synced_transaction_events (steve_transaction_id, position, measured_from, measured_at,
                   meter_from_wh, meter_to_wh, kwh_delta, power_w, synced_at)
            select s.steve_transaction_id, n, s.started_at + n * interval '10 seconds',
                   s.started_at + (n + 1) * interval '10 seconds', 1000 + 5 * n, 1005 + 5 * n, 0.005, 1800 + n % 100, now()
              from transaction_sync_state s, generate_series(0, :events - 1) n
             where s.steve_transaction_id = :id
            """).param("events", EVENTS).param("id", id).update();
    }

    @Test
    void theTimelineHasAllEventsInOrderAndAddsUp() {
        var answer = portal.withToken(driver).get("/api/v1/sessions/" + id + "/timeline");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        var items = JsonMapper.shared().readTree(answer.body()).path("items");
        assertThat(items.values())
                .extracting(item -> item.path("position").asInt())
                .containsExactlyElementsOf(IntStream.range(0, EVENTS).boxed().toList());
        // 5,000 × 0.005
        assertThat(items.path(EVENTS - 1).path("totalKwh").asString()).isEqualTo("25.000000");
    }

    @Test
    void theDriversPageShowsTheLastEventsAndOlderOnesAThousandAtATime() {
        assertThat(rows("/sessions/" + id, ROW)).hasSize(50).startsWith(EVENTS - 1);
        var page = portal.signedIn(driver).get("/sessions/" + id).body();
        assertThat(page)
                .contains("Last 50 of 5,000 readings", "readings=" + (EVENTS - 50))
                .doesNotContain("Show all");
        var older = rows("/sessions/" + id + "?readings=" + (EVENTS - 50), ROW);
        assertThat(older).hasSize(1_000).startsWith(EVENTS - 51);
        assertThat(portal.signedIn(driver)
                        .get("/sessions/" + id + "?readings=1000")
                        .body())
                .contains("Readings 1 to 1,000 of 5,000", "readings=2000")
                .doesNotContain(">Older<");
        assertThat(page.length()).as("the curve is thinned").isLessThan(200_000);
    }

    @Test
    void theOperatorsPageShowsTheLastEventsAndOlderOnesTwoHundredAtATime() {
        var operator = portal.operator();
        var path = "/operator/transactions/" + id;
        var page = portal.signedIn(operator).get(path).body();
        assertThat(matches(page, EVENT)).hasSize(50).startsWith(EVENTS - 1);
        assertThat(page).contains("4,951 to 5,000 of 5,000", "?events=4950#events");
        var older = portal.signedIn(operator).get(path + "?events=4950").body();
        assertThat(matches(older, EVENT)).hasSize(200).startsWith(4949).endsWith(4750);
        assertThat(older).contains("?events=4750#events", "?events=5000#events");
        // 4,950 × 0.005
        assertThat(older).contains("24.750");
    }

    private List<Integer> rows(String path, Pattern pattern) {
        return matches(portal.signedIn(driver).get(path).body(), pattern);
    }

    private static List<Integer> matches(String page, Pattern pattern) {
        return pattern.matcher(page)
                .results()
                .map(row -> Integer.parseInt(row.group(1)))
                .toList();
    }
}
