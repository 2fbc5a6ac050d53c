package express.polaris.console.money;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.Browser;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reason why an invoice is held, to operators who read German or English and to API clients. */
@ApplicationTest
class HeldInvoicesTest {

    private static final String START = "2026-03-31T22:00:00Z";

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final BillingData data;

    HeldInvoicesTest(Portal portal, MutableClock clock, JdbcClient jdbc, ApplicationContext context) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.data = new BillingData(context);
    }

    @BeforeEach
    void noOtherInvoiceIsDue() {
        clock.set(Instant.parse(START));
        jdbc.sql("update invoice_schedule set due_at = '9999-01-01T00:00:00Z', held_because = null")
                .update();
    }

    @AfterEach
    void everythingIsRead() {
        data.allIsReadAt("2026-05-02T12:00:00Z");
    }

    private Browser german() {
        Account operator = portal.operator();
        jdbc.sql("update accounts set locale = 'de', time_zone = 'Europe/Berlin' where id = ?")
                .param(operator.id().value())
                .update();
        return portal.signedIn(operator);
    }

    private Browser english() {
        return portal.signedIn(portal.operator());
    }

    private static String words(Browser browser, String path) {
        var answer = browser.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    private String runByApi() {
        var answer = english().call("POST", "/api/v1/operator/invoices/run", "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private SubscriptionId subscribe(String model, Map<String, ?> properties) {
        return data.subscribe(portal.driver(), START, Map.of("charge_model", model, "properties", properties));
    }

    private String planCode(SubscriptionId subscription) {
        return jdbc.sql("select p.code from plans p join subscriptions s on s.plan_id = p.id where s.id = ?")
                .param(subscription.value())
                .query(String.class)
                .single();
    }

    @Test
    void aPlanWithoutAPriceIsNamedToPeopleAndItsCodeToApiClients() {
        var subscription = subscribe("percentage", Map.of("rate", "1"));
        var code = planCode(subscription);
        clock.at("2026-05-01T12:00:00Z");
        assertThat(runByApi()).contains("\"The price of plan " + code + " cannot be computed: ");

        var german = german();
        for (var path : new String[] {"/operator/invoices", "/operator/health"}) {
            assertThat(words(german, path))
                    .contains("Der Preis des Tarifs Home lässt sich nicht berechnen: ")
                    .doesNotContain(code, "cannot be computed");
            assertThat(words(english(), path))
                    .contains("The price of plan Home cannot be computed: ")
                    .doesNotContain(code);
        }
    }

    @Test
    void aMissingComparisonIsToldInTheReadersLanguageAndTimeZone() {
        var subscription = subscribe("standard", Map.of("amount", "0.30"));
        clock.at("2026-05-01T12:00:00Z");
        data.allIsReadAt("2026-04-30T20:00:00Z");
        assertThat(runByApi())
                .contains("\"SteVe's transactions have not been compared successfully since 2026-04-30T22:00:00Z\"");

        var german = german();
        for (var path : new String[] {"/operator/invoices", "/operator/health"}) {
            assertThat(words(german, path))
                    .contains("Die Transaktionen von SteVe wurden seit ", "nicht mehr erfolgreich verglichen", "00:00")
                    .doesNotContain("compared", "2026-04-30T22:00");
        }
    }

    @Test
    void anUnreadSessionIsToldInTheReadersLanguage() {
        var driver = portal.driver();
        var subscription = data.subscribe(driver, START);
        long session = data.charged(driver.id(), new BillingData.Reading("2026-04-20T10:00:00Z", "4"));
        clock.at("2026-05-01T12:00:00Z");
        data.allIsReadAt("2026-05-01T12:00:00Z");
        jdbc.sql("update transaction_sync_state set last_read_at = null where steve_transaction_id = ?")
                .param(session)
                .update();
        assertThat(runByApi())
                .contains("\"Session " + session + " has not been read from SteVe since 2026-04-30T22:00:00Z\"");

        var german = german();
        for (var path : new String[] {"/operator/invoices", "/operator/health"}) {
            assertThat(words(german, path))
                    .contains("Ladevorgang " + session + " wurde seit ", "nicht mehr aus SteVe gelesen")
                    .doesNotContain("has not been read");
        }
    }

    @Test
    void wordsFromBeforeReasonsWereKeptAreShownAsTheyAreUntilTheNextRun() {
        var subscription = subscribe("percentage", Map.of("rate", "1"));
        var words = "Session 7 has not been read from SteVe since {0}";
        clock.at("2026-05-01T12:00:00Z");
        jdbc.sql("update invoice_schedule set held_because = ? where subscription_id = ?")
                .param(words)
                .param(subscription.value())
                .update();
        var german = german();
        assertThat(words(german, "/operator/invoices")).contains(words);
        assertThat(words(german, "/operator/health")).contains(words);

        clock.at("2026-05-02T12:00:00Z");
        assertThat(runByApi()).contains("The price of plan").doesNotContain(words);
        assertThat(words(german, "/operator/invoices"))
                .contains("Der Preis des Tarifs Home")
                .doesNotContain(words);
    }

    private static String hour(String from, String to, String price) {
        return "{\"from\":\"%s\",\"to\":\"%s\",\"price\":\"%s\"}".formatted(from, to, price);
    }

    private void upload(String series, String... prices) {
        var answer = english()
                .call(
                        "PUT",
                        "/api/v1/operator/price-series/" + series,
                        List.of(prices).toString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private List<String> nets(Account driver) {
        return jdbc.sql("select round(net, 2) as net from invoices where driver_id = ? order by id")
                .param(driver.id().value())
                .query((row, number) -> row.getBigDecimal("net").toPlainString())
                .list();
    }

    @Test
    void aMissingMarketPriceHoldsTheInvoiceUntilItIsUploaded() {
        var driver = portal.driver();
        var series = "spot-" + UUID.randomUUID();
        upload(
                series,
                hour("2026-04-20T10:00:00Z", "2026-04-20T11:00:00Z", "0.10"),
                hour("2026-04-20T12:00:00Z", "2026-04-20T13:00:00Z", "0.30"));
        var subscription = data.subscribe(
                driver,
                START,
                Map.of("charge_model", "dynamic", "properties", Map.of("price_series", series, "markup", "0.05")));
        // From 10:00 to 13:00, of which the price of 11:00 is not known
        long session = data.charged(
                driver.id(),
                new BillingData.Reading("2026-04-20T11:00:00Z", "2"),
                new BillingData.Reading("2026-04-20T13:00:00Z", "6"));
        clock.at("2026-05-01T12:00:00Z");
        data.allIsReadAt("2026-05-01T12:00:00Z");

        assertThat(runByApi())
                .contains("\"A price of the series that plan " + planCode(subscription) + " follows is missing: "
                        + series);
        assertThat(nets(driver)).isEmpty();
        for (var path : new String[] {"/operator/invoices", "/operator/health"}) {
            assertThat(words(english(), path)).contains("A market price that plan Home needs is missing: " + series);
            assertThat(words(german(), path)).contains("Ein Börsenpreis, den der Tarif Home braucht, fehlt: " + series);
        }
        assertThat(words(portal.signedIn(driver), "/sessions/" + session))
                .contains("No price", "The market price of this hour (Apr 20, 2026, 13:00) is not known yet.");
        assertThat(words(english(), "/operator/transactions/" + session))
                .contains("The price series " + series + " has no price for Apr 20, 2026, 13:00");

        upload(series, hour("2026-04-20T11:00:00Z", "2026-04-20T12:00:00Z", "-0.02"));
        clock.at("2026-05-01T12:10:00Z");
        assertThat(runByApi()).contains("\"invoices\":1").doesNotContain("is missing");

        // 2 × 0.15 + 3 × 0.03 + 3 × 0.35 = 1.44, 9.90 for April
        assertThat(nets(driver)).containsExactly("11.34");
        assertThat(words(portal.signedIn(driver), "/sessions/" + session))
                .contains("€1.44")
                .doesNotContain("No price");
        assertThat(words(english(), "/operator/invoices")).doesNotContain("is missing: " + series);
        assertThat(words(english(), "/operator/health")).doesNotContain("is missing: " + series);
    }

    /** Fails if energy that arrives late without a price keeps everything else from being invoiced. */
    @Test
    void lateEnergyWithoutAMarketPriceWaitsBesideTheFollowingInvoices() {
        var driver = portal.driver();
        var series = "spot-" + UUID.randomUUID();
        upload(series, hour("2026-05-20T10:00:00Z", "2026-05-20T11:00:00Z", "0.10"));
        data.subscribe(driver, START, Map.of("charge_model", "dynamic", "properties", Map.of("price_series", series)));
        clock.at("2026-05-01T12:00:00Z");
        data.allIsReadAt("2026-05-01T12:00:00Z");
        assertThat(runByApi()).contains("\"invoices\":1");
        data.charged(driver.id(), new BillingData.Reading("2026-04-20T11:00:00Z", "4"));
        data.charged(driver.id(), new BillingData.Reading("2026-05-20T11:00:00Z", "3"));

        clock.at("2026-06-01T12:00:00Z");
        data.allIsReadAt("2026-06-01T12:00:00Z");
        assertThat(runByApi()).contains("\"invoices\":1");
        upload(series, hour("2026-04-20T10:00:00Z", "2026-04-20T11:00:00Z", "0.25"));
        clock.at("2026-07-01T12:00:00Z");
        data.allIsReadAt("2026-07-01T12:00:00Z");
        assertThat(runByApi()).contains("\"invoices\":1");

        // 9.90 each; May 3 × 0.10; then April's 4 × 0.25
        assertThat(nets(driver)).containsExactly("9.90", "10.20", "10.90");
    }
}
