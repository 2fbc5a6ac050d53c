package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.BillingData;
import express.polaris.testing.BillingData.Reading;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commits an import between any two statements of a request. Red means that an answer has the energy of one state of the
 * database and the amount of another.
 */
@ApplicationTest
@Import(OneStateTest.Interruption.class)
class OneStateTest {

    /** Statements before which the import is committed, once for each; requests make fewer. */
    private static final int MOST_STATEMENTS = 60;

    private static final AtomicInteger LEFT = new AtomicInteger();
    private static final AtomicReference<Optional<Runnable>> IMPORT = new AtomicReference<>(Optional.empty());

    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BillingData data;
    private final JsonMapper json = new JsonMapper();
    private Account driver;
    private long session;

    OneStateTest(
            Portal portal,
            MutableClock clock,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationContext application) {
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.data = new BillingData(application);
        this.driver = portal.driver();
    }

    @AfterEach
    void noMoreImports() {
        IMPORT.set(Optional.empty());
    }

    /** Asks for an answer, and returns what is wrong with it. */
    private interface Answer {
        Optional<String> fault();
    }

    @Test
    void theListOfTheApiIsOfOneState() {
        atEachStatement(() -> fault(tree(api("/api/v1/sessions")).path("items").path(0)));
    }

    @Test
    void aSessionOfTheApiIsOfOneState() {
        atEachStatement(() -> fault(tree(api("/api/v1/sessions/" + session))));
    }

    @Test
    void theOperatorsListOfTheApiIsOfOneState() {
        atEachStatement(() -> fault(tree(portal.withToken(portal.operator())
                        .get("/api/v1/operator/transactions?driverId=" + driver.id())
                        .body())
                .path("items")
                .path(0)));
    }

    @Test
    void theTimelineIsOfOneState() {
        atEachStatement(() -> {
            var reading = tree(api("/api/v1/sessions/" + session + "/timeline"))
                    .path("items")
                    .path(0);
            return fault(
                    new BigDecimal(reading.path("kwhDelta").asString()),
                    new BigDecimal(reading.path("cost").asString()));
        });
    }

    @Test
    void theDownloadOfAnAccountIsOfOneState() {
        atEachStatement(() -> {
            var charged =
                    tree(page(driver, "/account/data.json")).path("sessions").path(0);
            var readings = BigDecimal.ZERO;
            for (var reading : charged.path("readings")) {
                readings = readings.add(new BigDecimal(reading.path("energyKwh").asString()));
            }
            var energy = new BigDecimal(charged.path("energyKwh").asString());
            return readings.compareTo(energy) == 0
                    ? fault(energy, new BigDecimal(charged.path("costAmount").asString()))
                    : Optional.of(charged.toString());
        });
    }

    @Test
    void theTableIsOfOneState() {
        atEachStatement(() -> {
            var row = api("/api/v1/sessions.csv").lines().toList().get(1).split(",");
            return fault(new BigDecimal(row[8]), new BigDecimal(row[10]));
        });
    }

    @Test
    void theDriversPagesAreOfOneState() {
        atEachStatement(() -> fault(page(driver, "/sessions")));
        atEachStatement(() -> fault(page(driver, "/sessions/" + session)));
        atEachStatement(() -> fault(page(driver, "/sessions/statement")));
        atEachStatement(() -> fault(page(driver, "/")));
    }

    @Test
    void theOperatorsPageIsOfOneState() {
        atEachStatement(() -> fault(page(portal.operator(), "/operator/transactions/" + session)));
    }

    private void atEachStatement(Answer answer) {
        var faults = new ArrayList<String>();
        for (int before = 1; before <= MOST_STATEMENTS; before++) {
            charge();
            LEFT.set(before);
            IMPORT.set(Optional.of(this::correctedReading));
            int statement = before;
            answer.fault().ifPresent(fault -> faults.add("before statement " + statement + ": " + fault));
            if (IMPORT.getAndSet(Optional.empty()).isPresent()) {
                assertThat(before).as("statements of the request").isGreaterThan(2);
                assertThat(faults).isEmpty();
                return;
            }
        }
        throw new AssertionError("The request makes more than " + MOST_STATEMENTS + " statements");
    }

    /** A new driver, so that nothing is cached, who charged 8 kWh for 2.40. */
    private void charge() {
        clock.set(Instant.parse("2026-05-03T10:00:00Z"));
        driver = portal.driver();
        data.subscribe(driver, "2026-04-30T22:00:00Z");
        session = data.charged(driver.id(), new Reading("2026-05-01T11:00:00Z", "8"));
    }

    /** Sync reads another value: 20 kWh for 6.00. */
    private void correctedReading() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                update transaction_sync_state
                   set energy_wh = 20000, stop_value_wh = 20000, revision = revision + 1
                 where steve_transaction_id = ?
                """).param(session).update();
            jdbc.sql("""
                update synced_transaction_events set meter_to_wh = 20000, kwh_delta = 20 where steve_transaction_id = ?
                """).param(session).update();
        });
    }

    private static Optional<String> fault(JsonNode item) {
        var lines = BigDecimal.ZERO;
        for (var line : item.path("cost").path("lines")) {
            lines = lines.add(new BigDecimal(line.path("amount").asString()));
        }
        var amount = new BigDecimal(item.path("cost").path("amount").asString());
        return lines.compareTo(amount) == 0
                ? fault(new BigDecimal(item.path("energyKwh").asString()), amount)
                : Optional.of(item.toString());
    }

    private static Optional<String> fault(BigDecimal kilowattHours, BigDecimal amount) {
        return kilowattHours.multiply(new BigDecimal("0.30")).compareTo(amount) == 0
                ? Optional.empty()
                : Optional.of(kilowattHours + " kWh for " + amount);
    }

    /** A page has 8 kWh and 2.40, or 20 kWh and 6.00. */
    private static Optional<String> fault(String page) {
        boolean before = page.contains("€2.40");
        boolean after = page.contains("€6.00");
        boolean energyAfter = page.contains("20.0");
        return before != after && after == energyAfter
                ? Optional.empty()
                : Optional.of((energyAfter ? "20 kWh" : "8 kWh") + (before ? " 2.40" : "") + (after ? " 6.00" : ""));
    }

    private String api(String path) {
        return portal.withToken(driver).get(path).body();
    }

    private String page(Account account, String path) {
        return portal.signedIn(account).get(path).body();
    }

    private JsonNode tree(String body) {
        return json.readTree(body);
    }

    static class Interruption implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof DataSource dataSource ? new Interrupted(dataSource) : bean;
        }
    }

    private static void beforeStatement() {
        if (Thread.currentThread().getName().startsWith("tomcat-handler-") && LEFT.decrementAndGet() == 0) {
            IMPORT.getAndSet(Optional.empty())
                    .ifPresent(change -> CompletableFuture.runAsync(change).join());
        }
    }

    private static final class Interrupted extends DelegatingDataSource {

        Interrupted(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            beforeStatement();
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    });
        }
    }
}
