package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Charging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** The dashboard and the monthly statement, rendered from stored data. */
@ApplicationTest
class DashboardTest {

    private final Portal portal;
    private final Charging charging;
    private final MutableClock clock;
    private final BillingData data;

    DashboardTest(Portal portal, Charging charging, MutableClock clock, ApplicationContext application) {
        this.clock = clock;
        this.portal = portal;
        this.charging = charging;
        this.data = new BillingData(application);
    }

    @Test
    void aNewDriverSeesWhatToDo() {
        var driver = portal.driver();
        var page = words(portal.signedIn(driver).get("/").body());
        assertThat(page).contains("No card yet", "You have no plan, so", "No price", "No invoices");
        charging.card(driver, "Blue fob");
        assertThat(words(portal.signedIn(driver).get("/").body()))
                .contains("Hold your card to a charger")
                .doesNotContain("No card yet");
    }

    @Test
    void usageOfThePeriodIsShownByTier() {
        var driver = portal.driver();
        var tiers = List.of(
                Map.of("from_value", 0, "to_value", 5, "per_unit_amount", "0.40", "flat_amount", "0"),
                openTier(5, "0.25"));
        data.subscribe(
                driver,
                "2020-01-31T23:00:00Z",
                Map.of("charge_model", "graduated", "properties", Map.of("graduated_ranges", tiers)));
        data.charged(driver.id(), new Reading("2021-06-02T10:00:00Z", "6"));
        clock.set(Instant.parse("2021-06-20T12:00:00Z"));
        var page = words(portal.signedIn(driver).get("/").body());
        // 6 kWh: 5 × 0.40 + 1 × 0.25, and 9.90 a month
        assertThat(page).contains("6.00 kWh", "€2.25", "plus €9.90 plan fee", "€12.15 so far, without VAT");
        assertThat(page).contains("0–5 kWh", "5.00 kWh · €2.00", "above 5 kWh you are here", "1.00 kWh · €0.25");
    }

    @Test
    void eachLiveSessionHasATileOnTheDashboardAndABannerElsewhere() {
        var driver = portal.driver();
        long one = charging.live(driver);
        long other = charging.live(driver);
        var browser = portal.signedIn(driver);
        assertThat(browser.get("/").body())
                .contains("data-key=\"" + one + "\" data-row-live", "data-key=\"" + other + "\" data-row-live");
        for (var path : List.of("/sessions", "/sessions/statement", "/invoices")) {
            assertThat(browser.get(path).body())
                    .as(path)
                    .contains("data-charge=\"" + one + "\"", "data-charge=\"" + other + "\"");
        }
        assertThat(browser.get("/sessions/" + one).body())
                .contains("data-charge=\"" + other + "\"")
                .doesNotContain("data-charge=\"" + one + "\"");
        assertThat(portal.signedIn(portal.driver()).get("/sessions").body()).doesNotContain("data-charge");
    }

    @Test
    void aChargerIsChargingOrUnknownButNeverFree() {
        var driver = portal.driver();
        var box = charging.chargeBox();
        charging.completed(box, charging.card(driver, "Fob"), charging.now().minus(Duration.ofHours(1)));
        var browser = portal.signedIn(driver);
        // A new charger may be missing from the page for two seconds.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(words(browser.get("/").body())).contains(box + " No active session seen"));
        assertThat(words(browser.get("/").body())).doesNotContainIgnoringCase("free ");
    }

    @Test
    void aMonthlyStatementHasOnlyItsSessionsAndTheirSums() {
        var driver = portal.driver();
        data.subscribe(driver, "2021-01-31T23:00:00Z");
        data.charged(driver.id(), new Reading("2021-04-10T10:00:00Z", "10"));
        data.charged(driver.id(), new Reading("2021-04-20T10:00:00Z", "5"));
        data.charged(driver.id(), new Reading("2021-05-10T10:00:00Z", "100"));
        var page = words(
                portal.signedIn(driver).get("/sessions/statement?month=2021-04").body());
        // 15 × 0.30
        assertThat(page).contains("Overview of April 2021", "15.00 kWh", "€4.50", "15.000 kWh × €0.30", "€3.00");
        assertThat(page).contains("By card No card 2 sessions", "On your next invoice 2 sessions");
        assertThat(page).doesNotContain("100.00 kWh");
        for (var month : List.of("2021-13", "x", "1969-12", "2999-01", "%00")) {
            assertThat(portal.signedIn(driver)
                            .get("/sessions/statement?month=" + month)
                            .statusCode())
                    .as(month)
                    .isIn(400, 404);
        }
    }

    private static Map<String, Object> openTier(int from, String price) {
        var tier = new java.util.HashMap<String, Object>();
        tier.put("from_value", from);
        tier.put("to_value", null);
        tier.put("per_unit_amount", price);
        tier.put("flat_amount", "0");
        return tier;
    }

    private static String words(String page) {
        return page.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }
}
