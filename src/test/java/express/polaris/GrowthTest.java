package express.polaris;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.billing.invoicing.InvoicingJob;
import express.polaris.billing.plans.PlanService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.EveryGet;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.SealedHistory;
import express.polaris.testing.TestIssuer;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.test.context.TestPropertySource;

/**
 * Every job, page, search and call of the API reads as many rows with a long invoiced history as with a short
 * one. Red means a query whose cost grows with what is over: give it an index for what is open, a bound, or a sum that is
 * kept.
 *
 * <p>Rows are counted by PostgreSQL, so nothing depends on time. The planner must not scan tables or bitmaps, which it
 * would prefer for tables as small as these; a query without a suitable index reads everything nevertheless.
 */
@ApplicationTest
@TestPropertySource(properties = "growth.test=has its own application")
class GrowthTest {

    private static final SealedHistory.Scale SCALE = new SealedHistory.Scale(12, 6, 10);

    /** In months; the short history fills every page and chart. */
    private static final int SHORT = 13;

    private static final int LONG = 52;

    /** Allows for deeper indexes, and for what happens in one of the rounds only. */
    private static final double FACTOR = 1.3;

    private static final long MORE = 60;

    /** Pages that add up all of one driver's sessions or invoices; what is kept of these holds until one changes. */
    private static final Pattern OF_ONE_DRIVER = Pattern.compile("/sessions(\\?.*)?|/operator/invoices\\?q=Driver.*");

    private final ApplicationContext application;
    private final HikariDataSource pool;
    private final Portal portal;
    private final MutableClock clock;
    private final JdbcClient jdbc;
    private final Map<String, Integer> refused = new TreeMap<>();

    GrowthTest(
            ApplicationContext application, HikariDataSource pool, Portal portal, MutableClock clock, JdbcClient jdbc) {
        this.application = application;
        this.pool = pool;
        this.portal = portal;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @Test
    void nothingReadsMoreBecauseMoreIsOver() throws SQLException {
        var jobs = jobs();
        pool.getHikariConfigMXBean().setMinimumIdle(0);
        for (var setting : List.of("enable_seqscan = off", "enable_bitmapscan = off", "random_page_cost = 1.1")) {
            jdbc.sql("do $$ begin execute 'alter database ' || current_database() || ' set " + setting + "'; end $$")
                    .update();
        }
        var plans = application.getBean(PlanService.class);
        portal.operator();
        oneOfEverything();
        try (var history = SealedHistory.begin(pool, plans, SCALE, clock.instant())) {
            history.growTo(SHORT);
            var few = rowsRead(history, jobs);
            history.growTo(LONG);
            var many = rowsRead(history, jobs);
            var grown = new TreeMap<String, String>();
            many.forEach((what, rows) -> {
                long before = few.get(what);
                if (rows > FACTOR * before + MORE) {
                    grown.put(what, before + " rows, then " + rows);
                }
            });
            assertThat(grown).isEmpty();
            assertThat(refused).isEmpty();
        }
    }

    /** What pages under the id "grown" show. */
    private void oneOfEverything() {
        TestIssuer.save(jdbc);
        for (var sql : List.of(
                """
                insert into time_bands (code, version, name, rules, saved_at)
                values ('grown', 1, 'Grown', '[{"days":["mon"],"from":"22:00","to":"06:00"}]', now())
                """,
                "insert into charger_groups (code, name, created_at) values ('grown', 'Grown', now())",
                "insert into driver_groups (code, name, discount_percent, created_at) values ('grown', 'Grown', 0, now())",
                """
                insert into price_series (code, name, currency, unit, created_at)
                values ('grown', 'Grown', 'EUR', 'kwh', now())
                """,
                "update tariff_version set version = version + 1")) {
            jdbc.sql(sql).update();
        }
    }

    private Map<String, Long> rowsRead(SealedHistory history, List<ScheduledTask> jobs) {
        history.run("analyze");
        var actions = new LinkedHashMap<String, Runnable>();
        for (var job : jobs) {
            var runnable = job.getTask().getRunnable();
            runnable.run();
            actions.put(job.toString(), runnable);
        }
        // Takes away what jobs have removed, as autovacuum does elsewhere; it is off in tests.
        history.run("vacuum");
        var operator = portal.signedIn(portal.operator());
        var driver = portal.signedIn(application
                .getBean(AccountService.class)
                .find(new AccountId(history.driver()))
                .orElseThrow());
        var addresses = EveryGet.of(application, history).stream()
                .filter(address -> !EveryGet.isExport(address)
                        && !OF_ONE_DRIVER.matcher(address).matches())
                // The invoices of this history have no parties, and so no e-invoice.
                .filter(address -> !address.endsWith(".xml"))
                .toList();
        for (var address : addresses) {
            var browser = EveryGet.isOperators(address) ? operator : driver;
            actions.put("GET " + address, () -> open(browser, address));
        }
        // Keeps the prices of the sessions on these pages; then all else that nodes keep of a driver is out of date.
        addresses.forEach(address -> open(EveryGet.isOperators(address) ? operator : driver, address));
        history.run("update driver_versions set version = version + 1");
        var read = new LinkedHashMap<String, Long>();
        long[] before = {rowsRead(history)};
        actions.forEach((what, action) -> {
            action.run();
            long after = rowsRead(history);
            read.put(what, after - before[0]);
            before[0] = after;
        });
        history.makeThreeDue();
        application.getBean(InvoicingJob.class).run(Optional.empty());
        read.put("three invoices", rowsRead(history) - before[0]);
        return read;
    }

    private void open(Browser browser, String address) {
        var answer = browser.get(address);
        if (answer.statusCode() >= 400) {
            refused.put(address, answer.statusCode());
        }
    }

    private long rowsRead(SealedHistory history) {
        return history.rowsReadByOthers(pool.getHikariPoolMXBean()::softEvictConnections);
    }

    private List<ScheduledTask> jobs() {
        var jobs = List.copyOf(
                application.getBean(ScheduledAnnotationBeanPostProcessor.class).getScheduledTasks());
        jobs.forEach(job -> job.cancel(false));
        return jobs;
    }
}
