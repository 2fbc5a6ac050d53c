package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.Role;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.metering.MeterStop;
import express.polaris.metering.MeterValues;
import express.polaris.platform.time.Uptime;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.TransactionFacts;
import express.polaris.sessions.events.ImportResult;
import express.polaris.sessions.events.KeptAnswer;
import express.polaris.sessions.events.SessionImport;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.EvCardId;
import express.polaris.stations.cards.IdTag;
import express.polaris.steve.SteveSettings;
import express.polaris.testing.MutableClock;
import express.polaris.testing.TestDatabase;
import express.polaris.testing.TestPlan;
import express.polaris.units.Energy;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Modules on their own database, and changes that collide in the middle of their transactions. */
final class LockFixture implements AutoCloseable {

    static final String TAG = "TAG1";
    static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    static final Instant START = Instant.parse("2026-10-10T10:00:00Z");
    private static final KeptAnswer NO_ROWS = KeptAnswer.builder().build();

    final MutableClock clock = new MutableClock(NOON);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final DataSource database = TestDatabase.fresh();
    /**
     * Runs outside the test's transactions: within one, the list of waiting transactions stays the same until it ends.
     */
    private final JdbcClient observer = JdbcClient.create(database);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    final SessionImport sessions;
    private int number;

    LockFixture() {
        var pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        context.registerBean("clock", Clock.class, () -> clock);
        context.registerBean("uptime", Uptime.class, clock::uptime);
        context.registerBean("dataSource", HikariDataSource.class, () -> pool);
        context.registerBean(
                SteveSettings.class,
                () -> SteveSettings.of(URI.create("http://steve.invalid"), "polaris", "simulated"));
        SyncHarness.register(context);
        context.register(OtherModules.class);
        context.refresh();
        jdbc = bean(JdbcClient.class);
        transaction = bean(TransactionTemplate.class);
        sessions = bean(SessionImport.class);
    }

    /** Fails if the database had to break a deadlock. */
    @Override
    public void close() {
        threads.shutdownNow();
        context.close();
        assertThat(deadlocks()).isZero();
    }

    /** Counted by the database, because a job retries silently. A connection reports its count when it ends. */
    private int deadlocks() {
        awaitTrue(() -> observer.sql("""
            select not exists (select from pg_stat_activity
                                where datname = current_database() and pid <> pg_backend_pid()
                                  and backend_type = 'client backend')
            """).query(Boolean.class).single());
        return observer.sql("select deadlocks::int from pg_stat_database where datname = current_database()")
                .query(Integer.class)
                .single();
    }

    /** {@code first} waits at the gate's lock, {@code second} waits behind it, and the gate opens: both finish. */
    void meet(Runnable gate, Callable<?> first, Callable<?> second) throws Exception {
        var running = new ArrayList<Future<?>>();
        transaction.executeWithoutResult(status -> {
            gate.run();
            running.add(threads.submit(first));
            awaitWaiting(1, running.getFirst());
            running.add(threads.submit(second));
            awaitWaiting(2, running.getLast());
        });
        for (var one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    /**
     * {@code first} waits at the inner gate, {@code second} at either; the inner gate opens before the outer: both
     * finish.
     */
    void meetCrosswise(Runnable outerGate, Runnable innerGate, Callable<?> first, Callable<?> second) throws Exception {
        var running = new ArrayList<Future<?>>();
        var inner = new TransactionTemplate(
                Objects.requireNonNull(transaction.getTransactionManager()),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        transaction.executeWithoutResult(status -> {
            outerGate.run();
            inner.executeWithoutResult(within -> {
                innerGate.run();
                running.add(threads.submit(first));
                awaitWaiting(1, running.getFirst());
                running.add(threads.submit(second));
                awaitWaiting(2, running.getLast());
            });
            awaitWaiting(2, running.getFirst());
        });
        for (var one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    /**
     * {@code other} waits for the locks of {@code first}, and the transaction continues with {@code rest}: both
     * finish.
     */
    void runInto(Runnable first, Callable<?> other, Runnable rest) throws Exception {
        var running = new ArrayList<Future<?>>();
        transaction.executeWithoutResult(status -> {
            first.run();
            running.add(threads.submit(other));
            awaitWaiting(1, running.getFirst());
            rest.run();
        });
        running.getFirst().get(60, TimeUnit.SECONDS);
    }

    private void awaitWaiting(int transactions, Future<?> orDone) {
        awaitTrue(() -> orDone.isDone() || waiting() >= transactions);
    }

    private static void awaitTrue(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not become true").isLessThan(deadline);
        }
    }

    private int waiting() {
        return observer.sql("""
            select count(*)::int from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'
               and cardinality(pg_blocking_pids(pid)) > 0
            """).query(Integer.class).single();
    }

    /** Locks a row until the caller's transaction ends. */
    void hold(String table, String key, long value) {
        assertThat(jdbc.sql("select from " + table + " where " + key + " = ? for update")
                        .param(value)
                        .query((row, place) -> place)
                        .list())
                .isNotEmpty();
    }

    AccountId driver() {
        return account(Role.DRIVER);
    }

    AccountId operator() {
        return account(Role.OPERATOR);
    }

    private AccountId account(Role role) {
        number++;
        return new AccountId(jdbc.sql("""
            insert into accounts (email, name, role, locale, time_zone, created_at)
            values (?, 'Anna', ?, 'en', 'UTC', now()) returning id
            """)
                .param("account" + number + "@example.org")
                .param(role.name())
                .query(Long.class)
                .single());
    }

    SubscriptionId subscribe(AccountId driver) {
        var plan = new TestPlan(
                        "home",
                        "Home",
                        "monthly",
                        990,
                        19,
                        Map.of("charge_model", "standard", "properties", Map.of("amount", "0.30")))
                .json();
        bean(PlanService.class).save(plan);
        return bean(SubscriptionService.class)
                .subscribe(new NewSubscription(driver, "home", OCTOBER.toString(), "calendar", "UTC"))
                .id();
    }

    EvCardId link(AccountId driver, Instant from) {
        return link(new IdTag(TAG), driver, from);
    }

    EvCardId link(IdTag tag, AccountId driver, Instant from) {
        return bean(CardLinkService.class)
                .link(tag, driver, Optional.empty(), Optional.of(from))
                .card()
                .id();
    }

    SessionId nextId() {
        number++;
        return new SessionId(number);
    }

    SessionId begun() {
        var session = nextId();
        sessions.discover(List.of(open(session)), NOON);
        return session;
    }

    SessionId ended(AccountId driver, long stopValue) {
        var session = begun();
        jdbc.sql("update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                .param(driver.value())
                .param(session.value())
                .update();
        apply(stopped(session, stopValue));
        return session;
    }

    static TransactionFacts open(SessionId session) {
        return facts(session, Optional.empty());
    }

    static TransactionFacts stopped(SessionId session, long stopValue) {
        return facts(
                session,
                Optional.of(new MeterStop(
                        START.plus(Duration.ofHours(1)),
                        Optional.of(Energy.ofWattHours(stopValue)),
                        Optional.of("Local"),
                        Optional.of("station"))));
    }

    private static TransactionFacts facts(SessionId session, Optional<MeterStop> stop) {
        return new TransactionFacts(session, "CP1", 1, TAG, START, Energy.ofWattHours(1_000), stop);
    }

    ImportResult apply(TransactionFacts facts) {
        var applied = sessions.apply(facts, MeterValues.of(List.of()), NO_ROWS, clock.instant());
        assertThat(applied).isInstanceOf(ImportResult.Taken.class);
        return applied;
    }

    void everythingIsRead() {
        jdbc.sql("update sync_cursor set last_wide_read_at = ?")
                .param(Timestamp.from(NOON))
                .update();
        jdbc.sql("update transaction_sync_state set last_read_at = ?")
                .param(Timestamp.from(NOON))
                .update();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Modules that {@link SyncHarness} does not start. */
    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan(
            basePackages = {"express.polaris.billing", "express.polaris.accounts"},
            lazyInit = true,
            excludeFilters = {
                @ComponentScan.Filter(
                        type = FilterType.ASSIGNABLE_TYPE,
                        classes = {AuditLog.class, OperatorNotes.class}),
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "express[.]polaris[.]accounts[.]access[.].*")
            })
    static class OtherModules {}
}
