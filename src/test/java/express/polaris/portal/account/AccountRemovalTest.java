package express.polaris.portal.account;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.Charging;
import express.polaris.testing.HomeCharging;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A deleted account is erased, except for billing data that is still required. */
@ApplicationTest
class AccountRemovalTest {

    private final Portal portal;
    private final Charging charging;
    private final CardLinkService links;
    private final SubscriptionService subscriptions;
    private final InvoiceService invoices;
    private final JdbcClient jdbc;
    private final MutableClock clock;
    private final BillingData data;
    private final HomeCharging home;

    AccountRemovalTest(
            Portal portal, Charging charging, MutableClock clock, JdbcClient jdbc, ApplicationContext application) {
        this.portal = portal;
        this.charging = charging;
        this.links = application.getBean(CardLinkService.class);
        this.subscriptions = application.getBean(SubscriptionService.class);
        this.invoices = application.getBean(InvoiceService.class);
        this.jdbc = jdbc;
        this.clock = clock;
        this.data = new BillingData(application);
        this.home = new HomeCharging(application);
    }

    @Test
    void aSubscriptionThatHasNotStartedIsCancelled() {
        var driver = portal.driver();
        var running =
                data.subscribe(driver, charging.now().minus(Duration.ofDays(3)).toString());
        subscriptions.terminate(running, charging.now().plus(Duration.ofDays(5)).toString());
        var later =
                data.subscribe(driver, charging.now().plus(Duration.ofDays(5)).toString());

        assertThat(delete(driver)).isEqualTo(200);

        assertThat(subscriptions.find(running).orElseThrow().endedAt().orElseThrow())
                .isBeforeOrEqualTo(clock.instant());
        var cancelled = subscriptions.find(later).orElseThrow();
        assertThat(cancelled.endedAt()).contains(cancelled.startedAt());
        assertThat(jdbc.sql("select action || ' ' || subject from audit_log where actor = ? and action like 'sub%'")
                        .param(driver.id().value())
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "subscription.terminate subscription " + running.value(),
                        "subscription.cancel subscription " + later.value());
    }

    /** Fails if a table still contains the name of a deleted account or a text written by its driver. */
    @Test
    void noTableKeepsTheNameOrTextsOfADeletedAccount() {
        var driver = portal.driver();
        var browser = portal.signedIn(driver);
        browser.post("/account/profile", Map.of("name", "Xanthippe One", "locale", "en", "timeZone", "Europe/Berlin"));
        browser.post("/account/profile", Map.of("name", "Xanthippe Two", "locale", "en", "timeZone", "Europe/Berlin"));
        var address = Map.of(
                "name", "Xanthippe GmbH",
                "address.street", "Weg 1",
                "address.postcode", "50667",
                "address.city", "Köln",
                "address.country", "DE");
        assertThat(browser.post("/account/billing-address", address).statusCode())
                .isEqualTo(303);
        long id = charging.completed(
                charging.chargeBox(),
                charging.card(driver, "Xanthippes fob"),
                charging.now().minus(Duration.ofHours(1)));
        var ended = charging.card(driver, "Xanthippes old fob");
        links.unlink(ended.id(), Optional.empty());
        browser.post("/sessions/" + id + "/note", Map.of("text", "Call Xanthippe, please"));
        browser.post("/statements/terms", Map.of("employer", "Xanthippe AG"));
        assertThat(tablesWith("xanthippe"))
                .contains("accounts", "billing_addresses", "ev_cards", "operator_notes", "reimbursement_terms");

        assertThat(delete(driver)).isEqualTo(200);

        assertThat(tablesWith("xanthippe")).isEmpty();
        assertThat(tablesWith(driver.email())).isEmpty();
    }

    @Test
    void theLastInvoiceHasTheNameWhichIsErasedElsewhere() {
        clock.at("2026-04-02T10:00:00Z");
        var driver = portal.driver();
        portal.signedIn(driver)
                .post("/account/profile", Map.of("name", "Theano", "locale", "en", "timeZone", "Europe/Berlin"));
        data.subscribe(driver, "2026-03-31T22:00:00Z");
        data.charged(driver.id(), new Reading("2026-04-01T12:00:00Z", "4"));
        assertThat(delete(driver)).isEqualTo(200);
        assertThat(tablesWith("theano")).containsExactly("billing_recipients");

        clock.at("2026-04-03T12:00:00Z");
        data.allIsReadAt("2026-04-03T12:00:00Z");
        portal.withToken(portal.operator()).call("POST", "/api/v1/operator/invoices/run", "");

        assertThat(invoices.page(Optional.of(driver.id()), Optional.empty(), 10))
                .singleElement()
                .satisfies(invoice -> {
                    assertThat(invoice.recipientName()).isEqualTo("Theano");
                    assertThat(invoice.recipientEmail()).isEqualTo(driver.email());
                    assertThat(invoice.net()).isEqualByComparingTo("1.53"); // 4 × 0.30 + 9.90 × 1 / 30 days
                });
        assertThat(tablesWith("theano")).as("the invoice alone has it").containsExactly("invoices");
    }

    @Test
    void homeChargingUpToNowIsStatedBeforeTheTermsAreDeleted() {
        clock.at("2026-11-02T10:00:00Z");
        var driver = portal.driver();
        home.charged(driver, "2026-10-05T10:00:00Z", "12.345");
        home.charged(driver, "2026-11-01T10:00:00Z", "5");
        home.atHome(driver, Optional.of("accounts-" + driver.id() + "@acme.example"));

        assertThat(delete(driver)).isEqualTo(200);

        assertThat(home.of(driver))
                .extracting(
                        statement -> statement.month() + " " + statement.total().amount())
                .containsExactly("2026-11 1.70", "2026-10 4.20"); // 5×0.34, 12.345×0.34 = 4.1973
        assertThat(home.of(driver).getFirst().parties().driverEmail()).isEqualTo(driver.email());
        assertThat(tablesWith(driver.email()))
                .as("the statements alone have it")
                .containsExactly("statements");
        assertThat(tablesWith("accounts-" + driver.id() + "@acme.example")).isEmpty();
    }

    private int delete(Account driver) {
        return portal.signedIn(driver)
                .post("/account/delete", Map.of("currentPassword", Portal.PASSWORD))
                .statusCode();
    }

    /** The tables that contain a text anywhere, ignoring case. */
    private List<String> tablesWith(String text) {
        return jdbc
                .sql("select table_name from information_schema.tables where table_schema = 'public' order by 1")
                .query((row, number) -> Objects.requireNonNull(row.getString(1)))
                .list()
                .stream()
                .filter(table -> jdbc.sql("select exists (select from \"" + table + "\" row where row::text ilike ?)")
                        .param("%" + text + "%")
                        .query(Boolean.class)
                        .single())
                .toList();
    }
}
