package express.polaris.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.billing.plans.PlanService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.EveryGet;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.SealedHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.test.context.TestPropertySource;

/**
 * Asks for every page, search, export and call of the API with one connection left in the pool. Red means that an answer
 * needs a second one while it holds the first: with as many such requests as there are connections, each waits for
 * another.
 */
@ApplicationTest
@TestPropertySource(properties = "connections.test=has its own application")
class OneConnectionTest {

    private static final SealedHistory.Scale SCALE = new SealedHistory.Scale(12, 6, 10);

    private final ApplicationContext application;
    private final HikariDataSource pool;
    private final Portal portal;
    private final MutableClock clock;

    OneConnectionTest(ApplicationContext application, HikariDataSource pool, Portal portal, MutableClock clock) {
        this.application = application;
        this.pool = pool;
        this.portal = portal;
        this.clock = clock;
    }

    @Test
    void noAnswerNeedsTwoConnectionsAtATime() throws SQLException {
        application
                .getBean(ScheduledAnnotationBeanPostProcessor.class)
                .getScheduledTasks()
                .forEach(job -> job.cancel(false));
        var operator = portal.signedIn(portal.operator());
        try (var history = SealedHistory.begin(pool, application.getBean(PlanService.class), SCALE, clock.instant())) {
            history.growTo(2);
            var driver = portal.signedIn(application
                    .getBean(AccountService.class)
                    .find(new AccountId(history.driver()))
                    .orElseThrow());
            var addresses = EveryGet.of(application, history);
            Map<String, Integer> failed = new TreeMap<>();
            var held = allButOne();
            try {
                for (var address : addresses) {
                    var browser = EveryGet.isOperators(address) ? operator : driver;
                    int status = browser.get(address).statusCode();
                    if (status >= 500) {
                        failed.put(address, status);
                    }
                }
            } finally {
                for (var connection : held) {
                    connection.close();
                }
            }
            assertThat(addresses).hasSizeGreaterThan(100);
            assertThat(failed).isEmpty();
        }
    }

    private List<Connection> allButOne() throws SQLException {
        var held = new ArrayList<Connection>();
        int others = pool.getMaximumPoolSize() - 1 - pool.getHikariPoolMXBean().getActiveConnections();
        for (int i = 0; i < others; i++) {
            held.add(pool.getConnection());
        }
        return held;
    }
}
