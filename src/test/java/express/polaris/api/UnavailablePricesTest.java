package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fails if a price that cannot be computed is shown as a number or breaks the page. */
@ApplicationTest
class UnavailablePricesTest {

    private static final String UNKNOWN = "No price";

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final DataSource database;
    private final BillingData data;
    private Account driver;
    private long session;

    UnavailablePricesTest(
            Portal portal, MutableClock clock, JdbcClient jdbc, DataSource database, ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.database = database;
        this.data = new BillingData(application);
        this.driver = portal.driver();
    }

    @BeforeEach
    void aDriverWhoCharged() {
        driver = portal.driver();
        clock.set(Instant.parse("2026-05-03T10:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscriptions", "plans"})
    void withoutThePlansTableEverythingElseRenders(String table) {
        data.subscribe(driver, "2026-04-30T22:00:00Z");
        charge();
        var priced = script().get("/sessions/" + session).path("cost").path("amount");
        assertThat(priced.asString()).isEqualTo("2.40"); // 8 × 0.30
        jdbc.sql("delete from session_price").update();
        jdbc.sql("alter table " + table + " rename to not_there").update();
        try {
            everythingIsThereButThePrice();
        } finally {
            jdbc.sql("alter table not_there rename to " + table).update();
        }
        assertThat(page("/sessions/" + session)).contains("€2.40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_price", "sealed_events", "invoices"})
    void withoutAnyOtherTableOfBillingThePagesRenderAndNoNumberIsWrong(String table) {
        data.subscribe(driver, "2026-04-30T22:00:00Z");
        charge();
        jdbc.sql("alter table " + table + " rename to not_there").update();
        try {
            assertThat(page("/sessions/" + session)).contains("Session #" + session, "8.000");
            assertThat(page("/sessions")).contains("/sessions/" + session);
            var cost = script().get("/sessions/" + session).path("cost");
            assertThat(cost.path("amount").isNull()
                            || cost.path("amount").asString().equals("2.40"))
                    .isTrue();
            assertThat(script().get("/sessions").path("items").size()).isEqualTo(1);
            assertThat(script().get("/usage").path("energyKwh").asString()).isEqualTo("8.000000");
        } finally {
            jdbc.sql("alter table not_there rename to " + table).update();
        }
    }

    /** Each lookup waits for its timeout, so one page represents all. */
    @Test
    void aHangingPriceLookupIsAbandoned() throws SQLException {
        data.subscribe(driver, "2026-04-30T22:00:00Z");
        charge();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table subscriptions in access exclusive mode");
            sessionIsThereButItsPrice();
            connection.rollback();
        }
    }

    @Test
    void thePriceUnderAnUnsupportedPlanIsUnknownEverywhere() {
        data.subscribe(
                driver,
                "2026-04-30T22:00:00Z",
                Map.of("charge_model", "percentage", "properties", Map.of("rate", "1")));
        charge();

        everythingIsThereButThePrice();
    }

    private void charge() {
        session = data.charged(
                driver.id(), new Reading("2026-05-01T10:00:00Z", "3"), new Reading("2026-05-01T11:00:00Z", "5"));
    }

    private void sessionIsThereButItsPrice() {
        assertThat(page("/sessions/" + session))
                .contains("Session #" + session, "Completed", "8.000", UNKNOWN, "data-key=\"1\"")
                .doesNotContain("€");
    }

    private void everythingIsThereButThePrice() {
        sessionIsThereButItsPrice();
        assertThat(page("/sessions")).contains("/sessions/" + session, "8.00").doesNotContain("€");
        var seen = script().get("/sessions/" + session);
        assertThat(seen.path("cost").path("coverage").asString()).isEqualTo("unknown");
        assertThat(seen.path("cost").path("amount").isNull()).isTrue();
        assertThat(seen.path("cost").path("lines").isEmpty()).isTrue();
        assertThat(seen.path("energyKwh").asString()).isEqualTo("8.000000");
        var listed = script().get("/sessions").path("items").path(0);
        assertThat(listed.path("cost")).isEqualTo(seen.path("cost"));
        var timeline = script().get("/sessions/" + session + "/timeline").path("items");
        assertThat(timeline.size()).isEqualTo(2);
        assertThat(timeline.path(0).path("cost").isNull()).isTrue();
        assertThat(portal.withToken(driver).get("/api/v1/sessions.csv").body()).contains(",unknown,");
        for (var span : new String[] {"current", "year"}) {
            var usage = script().get("/usage?period=" + span);
            assertThat(usage.path("energyKwh").asString()).isEqualTo("8.000000");
            assertThat(usage.path("cost").path("coverage").asString()).isEqualTo("unknown");
            assertThat(usage.path("cost").path("amount").isNull()).isTrue();
            assertThat(usage.path("tiers").isEmpty()).isTrue();
        }
        assertThat(script().get("/usage").path("days").path(0).path("cost").isNull())
                .isTrue();
    }

    private String page(String path) {
        var answer = portal.signedIn(driver).get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private Script script() {
        return new Script(portal.withToken(driver));
    }
}
