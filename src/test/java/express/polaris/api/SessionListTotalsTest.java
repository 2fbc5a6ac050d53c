package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Portal;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** The total cost of a filtered session list, as shown on the page. */
@ApplicationTest
class SessionListTotalsTest {

    private static final Pattern SUMS = Pattern.compile("data-part=\"sums\">(.*?)</div>", Pattern.DOTALL);

    private final Portal portal;
    private final BillingData data;

    SessionListTotalsTest(Portal portal, ApplicationContext application) {
        this.portal = portal;
        this.data = new BillingData(application);
    }

    @Test
    void theTotalsCoverTheFilteredSessionsWithAndWithoutCachedPrices() {
        var driver = portal.driver();
        data.subscribe(driver, "2026-01-31T23:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "10.01"));
        data.charged(driver.id(), new Reading("2026-05-10T10:00:00Z", "20.01"));
        assertThat(sums(driver, ""))
                .contains("2 sessions", "30.02 kWh", "€9.01")
                .doesNotContain("known so far");
        assertThat(sums(driver, "")).contains("€9.01"); // 30.02 × 0.30 = 9.006, rounded once
        assertThat(sums(driver, "?from=2026-05-01")).contains("1 session", "€6.00"); // 20.01 × 0.30 = 6.003
    }

    @Test
    void aTotalThatOmitsSessionsOfUnknownPriceSaysSo() {
        var driver = portal.driver();
        data.subscribe(driver, "2026-04-30T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-10T10:00:00Z", "10"));
        data.charged(driver.id(), new Reading("2026-05-10T10:00:00Z", "20"));
        assertThat(sums(driver, "")).contains("€6.00", "known so far"); // 20 × 0.30; April had no subscription
    }

    private String sums(Account driver, String query) {
        var page = portal.signedIn(driver).get("/sessions" + query).body();
        var sums = SUMS.matcher(page);
        assertThat(sums.find()).as(page).isTrue();
        return sums.group(1).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }
}
