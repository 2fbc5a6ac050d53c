package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Browser;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The filters, counts and rows of the session list. */
@ApplicationTest
class SessionListFilterTest {

    private static final Pattern ROW = Pattern.compile("<tr role=\"row\" data-key=\"(\\d+)\"");
    private static final Pattern MORE = Pattern.compile("id=\"more\"><a class=\"btn\" href=\"([^\"]+)\"");

    private final Portal portal;
    private final Charging charging;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final BillingData data;

    SessionListFilterTest(
            Portal portal, Charging charging, JdbcClient jdbc, MutableClock clock, ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.charging = charging;
        this.jdbc = jdbc;
        this.data = new BillingData(application);
    }

    @Test
    void everyFilterOptionShowsItsCountUnderTheOtherFilters() {
        var driver = portal.driver();
        var blue = charging.card(driver, "Blue fob");
        var spare = charging.card(driver, "Spare");
        var garage = charging.chargeBox();
        var street = charging.chargeBox();
        var before = charging.now().minus(Duration.ofHours(5));
        charging.completed(garage, blue, before);
        charging.completed(garage, spare, before.plus(Duration.ofHours(1)));
        charging.completed(street, blue, before.plus(Duration.ofHours(2)));
        charging.live(street, spare);
        var all = page(driver, "");
        assertThat(words(all)).contains("All 4", "In progress 1", "Completed 3", "All time 4", "This year 4");
        assertThat(words(all)).contains("Blue fob (2)", "Spare (2)", garage + " (2)", street + " (2)");

        var ofBlue = page(driver, "?cardId=" + blue.id().value());
        assertThat(rows(ofBlue)).hasSize(2);
        assertThat(words(ofBlue)).contains("All 2", "In progress 0", "Completed 2");
        // The counts of cards ignore the chosen card, because another one can be chosen instead.
        assertThat(words(ofBlue)).contains("Blue fob (2)", "Spare (2)", garage + " (1)", street + " (1)");

        var both = page(driver, "?status=completed&cardId=" + spare.id().value() + "&chargeBoxId=" + street);
        assertThat(both).contains("No sessions match this filter");
        assertThat(words(both)).contains("All 1", "In progress 1", "Completed 0");
        assertThat(words(both)).contains("Blue fob (1)", "Spare (0)", garage + " (1)", street + " (0)");
    }

    @Test
    void aPresetLinksToItsDatesAndFiltersTheCsvToo() {
        var driver = portal.driver();
        data.subscribe(driver, "2020-01-31T23:00:00Z");
        data.charged(driver.id(), new Reading("2021-04-10T10:00:00Z", "10"));
        data.charged(driver.id(), new Reading("2021-05-10T10:00:00Z", "20"));
        long now = data.charged(driver.id(), new Reading("2021-06-02T10:00:00Z", "5"));
        clock.set(Instant.parse("2021-06-20T12:00:00Z"));
        var all = page(driver, "");
        assertThat(words(all)).contains("All time 3", "This month 1", "Billing period 1", "This year 3");
        var month = Pattern.compile("href=\"(/sessions\\?from=\\d{4}-\\d\\d-01&amp;to=[\\d-]+)\"[^>]*>This month")
                .matcher(all);
        assertThat(month.find()).isTrue();
        var address = month.group(1).replace("&amp;", "&");
        var narrowed = browser(driver).get(address).body();
        assertThat(rows(narrowed)).containsExactly(now);
        assertThat(narrowed)
                .contains("href=\"/api/v1/sessions.csv" + month.group(1).substring("/sessions".length()));
        assertThat(browser(driver)
                        .get(address.replace("/sessions", "/api/v1/sessions.csv"))
                        .body()
                        .lines())
                .hasSize(2);
        assertThat(words(page(driver, "?from=2021-05-01&to=2021-05-31"))).contains("1 session", "20.00 kWh");
    }

    @Test
    void pagesHaveNoGapsOrDuplicatesWhileRowsArrive() {
        var driver = portal.driver();
        insert(driver, 1, 120, "now() - interval '9 days'");
        var seen = new ArrayList<>(rows(page(driver, "")));
        assertThat(seen).hasSize(50);
        var more = MORE.matcher(page(driver, ""));
        assertThat(more.find()).isTrue();
        insert(driver, 500, 7, "now() - interval '1 day'");
        var second = browser(driver).get(more.group(1).replace("&amp;", "&")).body();
        seen.addAll(rows(second));
        var third = MORE.matcher(second);
        assertThat(third.find()).isTrue();
        var last = browser(driver).get(third.group(1).replace("&amp;", "&")).body();
        seen.addAll(rows(last));
        assertThat(MORE.matcher(last).find()).isFalse();
        assertThat(seen).hasSize(120);
        assertThat(new LinkedHashSet<>(seen)).hasSize(120);
        assertThat(rows(page(driver, ""))).hasSize(50).doesNotContain(seen.get(49));
        assertThat(words(page(driver, ""))).contains("127 sessions");
    }

    @Test
    void aChangeIsShownOnTheNextViewDespiteCachedPages() {
        var driver = portal.driver();
        var card = charging.card(driver, "Blue fob");
        var box = charging.chargeBox();
        long id = charging.live(box, card);
        assertThat(words(page(driver, ""))).contains("4.00 kWh", "In progress 1");
        assertThat(browser(driver).get("/").body()).contains("data-key=\"" + id + "\" data-row-live");
        assertThat(browser(driver).get("/invoices").body()).contains("data-charge=\"" + id + "\"");
        charging.end(id, charging.now(), 9_000);
        charging.until(id, session -> !session.isLive() && session.isFinal());
        assertThat(words(page(driver, ""))).contains("8.00 kWh", "In progress 0"); // 9000 - 1000 Wh
        assertThat(browser(driver).get("/").body()).doesNotContain("data-row-live");
        assertThat(browser(driver).get("/invoices").body()).doesNotContain("data-charge");
        var renamed = browser(driver).call("PATCH", "/api/v1/cards/" + card.id().value(), "{\"label\":\"Old fob\"}");
        assertThat(renamed.statusCode()).isEqualTo(200);
        assertThat(words(page(driver, ""))).contains("Old fob").doesNotContain("Blue fob");
    }

    private void insert(Account driver, int first, int count, String start) {
        jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag,
                   driver_id, started_at, steve_started_at, first_seen_at, start_value_wh, stopped_at,
                   steve_stopped_at, is_finalized, finalized_at, last_read_at, updated_at)
            select 600000000 + :driver * 1000 + n, 'PAGES', 1, 'PAGETAG', :driver, start, start, start, 0, start, start,
                   true, start, start, start
              from (select n, %s + n / 3 * interval '1 minute' as start
                      from generate_series(:first, :last) n) started
            """.formatted(start))
                .param("driver", driver.id().value())
                .param("first", first)
                .param("last", first + count - 1)
                .update();
    }

    private Browser browser(Account driver) {
        return portal.signedIn(driver);
    }

    private String page(Account driver, String query) {
        var answer = browser(driver).get("/sessions" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static List<Long> rows(String page) {
        return ROW.matcher(page)
                .results()
                .map(match -> Long.valueOf(match.group(1)))
                .toList();
    }

    private static String words(String page) {
        return page.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").replace(" )", ")");
    }
}
