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
import java.util.Map;
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
}
