package express.polaris.accounts.access;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Portal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Fails if every page gets slower: a request reads its session and its account, and writes nothing. */
@ApplicationTest
@Import(StatementCountTest.Counter.class)
class StatementCountTest {

    private static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

    private final Portal portal;
    private final JdbcClient jdbc;

    StatementCountTest(Portal portal, JdbcClient jdbc) {
        this.portal = portal;
        this.jdbc = jdbc;
    }

    @Test
    void aSignedInRequestMakesTwoReadsAndNoWrite() {
        var browser = portal.signedIn(portal.driver());
        assertThat(statementsOf(() -> browser.get("/api/v1/me")))
                .hasSize(2)
                .allMatch(sql ->
                        sql.stripLeading().toLowerCase(java.util.Locale.ROOT).startsWith("select"));
    }

    @Test
    void aCachedPageChecksOnlyForChanges() {
        var browser = portal.signedIn(portal.driver());
        for (var page : List.of("/", "/sessions")) {
            browser.get(page);
            // The account with its sign-in, and the version of the driver's pages; occasionally also the chargers.
            assertThat(statementsOf(() -> browser.get(page)))
                    .as(page)
                    .filteredOn(sql -> !sql.contains("charger") && !sql.contains("distinct charge_box_id"))
                    .hasSize(2);
        }
    }

    @Test
    void aCachedSessionPageReadsTheSessionOnlyOnce() {
        var driver = portal.driver();
        var session = jdbc.sql("""
            insert into transaction_sync_state (steve_transaction_id, charge_box_id, connector_id, ocpp_id_tag, driver_id,
                started_at, steve_started_at, first_seen_at, start_value_wh, updated_at)
            values (770077, 'BOX', 1, 'COUNTED', ?, now(), now(), now(), 0, now()) returning steve_transaction_id
            """).param(driver.id().value()).query(Long.class).single();
        var browser = portal.signedIn(driver);
        browser.get("/sessions/" + session);
        // The account with its sign-in, and the session with the version of its driver's pages.
        assertThat(statementsOf(() -> browser.get("/sessions/" + session)))
                .filteredOn(sql -> !sql.contains("charger") && !sql.contains("distinct charge_box_id"))
                .hasSize(2);
    }

    @Test
    void aTokenRequestMakesOneReadAndRecordsItsUseOnceAMinute() {
        var browser = portal.withToken(portal.driver());
        assertThat(statementsOf(() -> browser.get("/api/v1/me"))).hasSize(2);
        assertThat(statementsOf(() -> browser.get("/api/v1/me"))).hasSize(1);
    }

    @Test
    void anonymousRequestsAndStaticFilesMakeNoStatements() {
        assertThat(statementsOf(() -> portal.browser().get("/sign-in"))).isEmpty();
        assertThat(statementsOf(() -> portal.browser().get("/sessions/1"))).isEmpty();
        assertThat(statementsOf(() -> portal.browser().get("/api/v1/me"))).isEmpty();
        var browser = portal.signedIn(portal.driver());
        var file = "/webjars/htmx.org/2.0.10/dist/htmx.min.js";
        assertThat(browser.get(file).statusCode()).isEqualTo(200);
        assertThat(statementsOf(() -> browser.get(file))).isEmpty();
    }

    private static List<String> statementsOf(Runnable request) {
        STATEMENTS.clear();
        request.run();
        return List.copyOf(STATEMENTS);
    }

    static class Counter implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof DataSource dataSource ? new Counting(dataSource) : bean;
        }
    }

    /** Excludes the statements of sync in the background. */
    private static boolean servesARequest() {
        return Thread.currentThread().getName().startsWith("tomcat-handler-");
    }

    private static final class Counting extends DelegatingDataSource {

        Counting(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection getConnection() throws java.sql.SQLException {
            var connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement") && servesARequest()) {
                            STATEMENTS.add((String) arguments[0]);
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
