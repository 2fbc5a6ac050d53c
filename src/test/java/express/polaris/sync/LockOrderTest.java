package express.polaris.sync;

import static express.polaris.sync.SyncHarness.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.Accounts;
import express.polaris.accounts.AuditLog;
import express.polaris.accounts.OperatorNotes;
import express.polaris.accounts.Role;
import express.polaris.billing.BillingOutcome;
import express.polaris.billing.Invoicing;
import express.polaris.billing.LastBills;
import express.polaris.billing.NewSubscription;
import express.polaris.billing.Plans;
import express.polaris.billing.SessionCosts;
import express.polaris.billing.SubscriptionId;
import express.polaris.billing.Subscriptions;
import express.polaris.cards.CardLinks;
import express.polaris.cards.CardOutcome;
import express.polaris.cards.EvCardId;
import express.polaris.cards.IdTag;
import express.polaris.chargers.ChargeBoxId;
import express.polaris.metering.MeterStop;
import express.polaris.metering.MeterValues;
import express.polaris.sessions.Applied;
import express.polaris.sessions.EnergyDecision;
import express.polaris.sessions.EnergyDecisions;
import express.polaris.sessions.KeptAnswer;
import express.polaris.sessions.OwnerCorrections;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionImport;
import express.polaris.sessions.SessionOwnership;
import express.polaris.sessions.Sessions;
import express.polaris.sessions.TransactionFacts;
import express.polaris.steve.SteveSettings;
import express.polaris.steve.SteveTransaction;
import express.polaris.steve.SteveTransactionList;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes that meet in the middle of their transactions. Each pair would wait for one another for ever if its locks were
 * not taken in the order that docs/architecture.md names.
 */
class LockOrderTest {

    private static final String TAG = "TAG1";
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant START = Instant.parse("2026-10-10T10:00:00Z");
    private static final KeptAnswer NO_ROWS = KeptAnswer.builder().build();

    private final MutableClock clock = new MutableClock(NOON);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final DataSource database = TestDatabase.fresh();
    /** Outside the transactions of the test: one of them would see the same waiting transactions until it ends. */
    private final JdbcClient observer = JdbcClient.create(database);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private SessionImport sessions;
    private int number;

    @BeforeEach
    void open() {
        var pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        context.registerBean("clock", Clock.class, () -> clock);
        context.registerBean("dataSource", HikariDataSource.class, () -> pool);
        context.registerBean(
                SteveSettings.class,
                () -> SteveSettings.of(URI.create("http://steve.invalid"), "polaris", "simulated"));
        context.register(SyncHarness.Wiring.class, OtherModules.class);
        context.refresh();
        jdbc = bean(JdbcClient.class);
        transaction = bean(TransactionTemplate.class);
        sessions = bean(SessionImport.class);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        context.close();
    }

    @Test
    void anInvoiceAndTheImportOfAnEventThatItSealsTakeTurns() throws Exception {
        var driver = driver();
        subscribe(driver);
        var first = ended(driver, 3_000);
        var second = ended(driver, 3_000);
        everythingIsRead();
        meet(
                () -> hold("synced_transaction_events", "steve_transaction_id", second.value()),
                this::invoice,
                () -> apply(stopped(first, 5_000)));
        // 2 kWh of each session were invoiced; the 2 kWh that came late are an event of their own.
        assertThat(events(first)).isEqualTo(2);
    }

    @Test
    void anInvoiceAndADecisionAboutTheEnergyThatItSealsTakeTurns() throws Exception {
        var driver = driver();
        subscribe(driver);
        var first = ended(driver, 3_000);
        var second = ended(driver, 3_000);
        everythingIsRead();
        meet(
                () -> hold("synced_transaction_events", "steve_transaction_id", second.value()),
                this::invoice,
                () -> bean(EnergyDecisions.class)
                        .decide(
                                driver,
                                first,
                                EnergyDecision.Use.VALUE,
                                Optional.of(Energy.ofKilowattHours("1")),
                                "Meter"));
        assertThat(events(first)).isEqualTo(2);
    }

    @Test
    void anInvoiceAndACorrectedOwnerTakeTurns() throws Exception {
        var driver = driver();
        var other = driver();
        subscribe(driver);
        var first = ended(driver, 3_000);
        var second = ended(driver, 3_000);
        everythingIsRead();
        var corrected = new ArrayList<SessionOwnership.Correction>();
        meet(
                () -> hold("synced_transaction_events", "steve_transaction_id", second.value()),
                this::invoice,
                () -> corrected.add(bean(OwnerCorrections.class).correct(driver, first, other, "Wrong")));
        assertThat(corrected).containsExactly(SessionOwnership.Correction.INVOICED);
    }

    @Test
    void theImportOfAnotherStartAndTheLinkOfItsCardTakeTurns() throws Exception {
        var driver = driver();
        var session = begun();
        jdbc.sql("update transaction_sync_state set started_at = started_at - interval '1 minute'")
                .update();
        meet(
                () -> hold("accounts", "id", driver.value()),
                () -> link(driver, OCTOBER),
                () -> apply(stopped(session, 3_000)));
        assertThat(owner(session)).contains(driver);
    }

    @Test
    void aPlanThatEndsAndTheInvoiceThatIsDueTakeTurns() throws Exception {
        var driver = driver();
        var subscription = subscribe(driver);
        ended(driver, 3_000);
        everythingIsRead();
        runInto(
                () -> hold("subscriptions", "id", subscription.value()),
                () -> bean(Invoicing.class).run(Optional.empty()),
                () -> assertThat(bean(Subscriptions.class).terminate(subscription, NOON.toString()))
                        .isInstanceOf(BillingOutcome.Done.class));
        assertThat(invoices() + bean(Invoicing.class).run(Optional.empty())).isEqualTo(1);
    }

    @Test
    void theEndOfAnAccountAndTheImportOfItsChargeTakeTurns() throws Exception {
        var driver = driver();
        var card = link(driver, OCTOBER);
        var session = nextId();
        runInto(
                () -> bean(Accounts.class).forget(Optional.empty(), driver),
                () -> sessions.discover(List.of(open(session)), NOON),
                () -> assertThat(bean(CardLinks.class).unlink(card, Optional.empty()))
                        .isInstanceOf(CardOutcome.Done.class));
        assertThat(owner(session)).contains(driver);
    }

    @Test
    void theEndOfAnAccountAndItsInvoiceTakeTurns() throws Exception {
        var driver = driver();
        subscribe(driver);
        ended(driver, 3_000);
        everythingIsRead();
        var before = bean(Accounts.class).find(driver).orElseThrow();
        runInto(
                () -> bean(Accounts.class).forget(Optional.empty(), driver),
                this::invoice,
                () -> assertThat(bean(LastBills.class).leave(before)).isInstanceOf(BillingOutcome.Done.class));
    }

    @Test
    void aPriceThatIsKeptAndTheImportThatChangesItTakeTurns() throws Exception {
        var driver = driver();
        subscribe(driver);
        var session = ended(driver, 3_000);
        var seen = bean(Sessions.class).find(session).orElseThrow();
        clock.advance(Duration.ofMinutes(1));
        runInto(
                () -> sessions.discover(List.of(stopped(session, 5_000)), clock.instant()),
                () -> bean(SessionCosts.class).of(seen),
                () -> apply(stopped(session, 5_000)));
    }

    @Test
    void aListThatEndsAConflictAndAReadOfTheSameSessionTakeTurns() throws Exception {
        var session = begun();
        var reads = bean(SyncReads.class);
        reads.conflict(session, SyncFault.of(SyncReason.DISCOVERY_FAILED.with()));
        clock.advance(Duration.ofMinutes(1));
        runInto(
                () -> apply(open(session)),
                () -> {
                    var row = new SteveTransaction(session.value(), "CP1", 1, TAG, START, "1000", Optional.empty());
                    bean(ListIntake.class)
                            .take(
                                    new SteveTransactionList(List.of(row), List.of()),
                                    ListIntake.Asked.at(clock.instant()));
                    return true;
                },
                () -> reads.succeeded(session, true));
        assertThat(bean(Sessions.class).hasReusedId(session)).isFalse();
    }

    @Test
    void cardsThatTwoDriversGiveEachOtherTakeTurns() throws Exception {
        var one = driver();
        var other = driver();
        var theirs = link(new IdTag("A"), one, OCTOBER);
        var others = link(new IdTag("B"), other, OCTOBER);
        meet(
                () -> {
                    hold("driver_versions", "driver_id", one.value());
                    hold("driver_versions", "driver_id", other.value());
                },
                () -> transfer(theirs, other),
                () -> transfer(others, one));
    }

    @Test
    void operatorsWhoMakeEachOtherDriversTakeTurnsAndOneIsLeft() throws Exception {
        var third = operator();
        var one = operator();
        var other = operator();
        jdbc.sql("update accounts set disabled_at = now() where role = 'OPERATOR' and id < ?")
                .param(third.value())
                .update();
        meet(
                () -> hold("accounts", "id", third.value()),
                () -> bean(Accounts.class).changeRole(Optional.empty(), one, Role.DRIVER),
                () -> bean(Accounts.class).changeRole(Optional.empty(), other, Role.DRIVER));
        assertThat(bean(Accounts.class).find(third))
                .hasValueSatisfying(left -> assertThat(left.isOperator()).isTrue());
    }

    @Test
    void trustInAChargerAndTheCorrectionOfTwoOwnersTakeTurns() throws Exception {
        var early = driver();
        var late = driver();
        var first = ended(late, 3_000);
        var second = ended(early, 3_000);
        for (var session : List.of(first, second)) {
            jdbc.sql("update transaction_sync_state set dispute = 'steve_smaller' where steve_transaction_id = ?")
                    .param(session.value())
                    .update();
        }
        var third = ended(early, 3_000);
        meet(
                () -> {
                    hold("billing_versions", "driver_id", early.value());
                    hold("billing_versions", "driver_id", late.value());
                },
                () -> {
                    bean(EnergyDecisions.class).trust(early, new ChargeBoxId("CP1"), "Calibrated");
                    return true;
                },
                () -> bean(OwnerCorrections.class).correct(early, third, late, "Wrong"));
    }

    /** {@code first} stops at what the gate holds, {@code second} runs into it, and the gate opens: both end. */
    private void meet(Runnable gate, Callable<?> first, Callable<?> second) throws Exception {
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

    /** {@code other} runs into what this transaction has done first, and the transaction goes on: both end. */
    private void runInto(Runnable first, Callable<?> other, Runnable rest) throws Exception {
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
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!orDone.isDone() && waiting() < transactions) {
            assertThat(System.nanoTime()).as("neither waits nor ends").isLessThan(deadline);
        }
    }

    private int waiting() {
        return observer.sql("""
            select count(*)::int from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'
            """).query(Integer.class).single();
    }

    /** Holds a row against every other transaction until the caller's ends. */
    private void hold(String table, String key, long value) {
        assertThat(jdbc.sql("select from " + table + " where " + key + " = ? for update")
                        .param(value)
                        .query((row, place) -> place)
                        .list())
                .isNotEmpty();
    }

    private int invoice() {
        int written = bean(Invoicing.class).run(Optional.empty());
        assertThat(written).isEqualTo(1);
        return written;
    }

    private int invoices() {
        return jdbc.sql("select count(*)::int from invoices")
                .query(Integer.class)
                .single();
    }

    private int events(SessionId session) {
        return jdbc.sql("select count(*)::int from synced_transaction_events where steve_transaction_id = ?")
                .param(session.value())
                .query(Integer.class)
                .single();
    }

    private Optional<AccountId> owner(SessionId session) {
        return bean(Sessions.class).find(session).orElseThrow().driver();
    }

    private AccountId driver() {
        return account(Role.DRIVER);
    }

    private AccountId operator() {
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

    private SubscriptionId subscribe(AccountId driver) {
        var plan = new TestPlan(
                        "home",
                        "Home",
                        "monthly",
                        990,
                        19,
                        Map.of("charge_model", "standard", "properties", Map.of("amount", "0.30")))
                .json();
        assertThat(bean(Plans.class).save(plan)).isInstanceOf(BillingOutcome.Done.class);
        return switch (bean(Subscriptions.class)
                .subscribe(new NewSubscription(driver, "home", OCTOBER.toString(), "calendar", "UTC"))) {
            case BillingOutcome.Done(var subscription) -> subscription.id();
            case BillingOutcome.Invalid<?> refused -> throw new AssertionError(refused);
            case BillingOutcome.Conflict<?> refused -> throw new AssertionError(refused);
            case BillingOutcome.NotFound<?> refused -> throw new AssertionError(refused);
        };
    }

    private EvCardId link(AccountId driver, Instant from) {
        return link(new IdTag(TAG), driver, from);
    }

    private EvCardId link(IdTag tag, AccountId driver, Instant from) {
        var outcome = bean(CardLinks.class).link(tag, driver, Optional.empty(), Optional.of(from));
        return outcome instanceof CardOutcome.Done(var card, int _) ? card.id() : refused(outcome);
    }

    private boolean transfer(EvCardId card, AccountId driver) {
        var outcome = bean(CardLinks.class).transfer(card, driver, Optional.empty());
        assertThat(outcome).isInstanceOf(CardOutcome.Done.class);
        return true;
    }

    private static EvCardId refused(CardOutcome outcome) {
        throw new AssertionError(outcome);
    }

    private SessionId nextId() {
        number++;
        return new SessionId(number);
    }

    private SessionId begun() {
        var session = nextId();
        sessions.discover(List.of(open(session)), NOON);
        return session;
    }

    private SessionId ended(AccountId driver, long stopValue) {
        var session = begun();
        jdbc.sql("update transaction_sync_state set driver_id = ? where steve_transaction_id = ?")
                .param(driver.value())
                .param(session.value())
                .update();
        apply(stopped(session, stopValue));
        return session;
    }

    private static TransactionFacts open(SessionId session) {
        return facts(session, Optional.empty());
    }

    private static TransactionFacts stopped(SessionId session, long stopValue) {
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

    private Applied apply(TransactionFacts facts) {
        var applied = sessions.apply(facts, MeterValues.of(List.of()), NO_ROWS, clock.instant());
        assertThat(applied).isInstanceOf(Applied.Taken.class);
        return applied;
    }

    private void everythingIsRead() {
        jdbc.sql("update sync_cursor set last_wide_read_at = ?")
                .param(Timestamp.from(NOON))
                .update();
        jdbc.sql("update transaction_sync_state set last_read_at = ?")
                .param(Timestamp.from(NOON))
                .update();
    }

    private <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The modules that {@link SyncHarness} does without. */
    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan(
            basePackageClasses = {Invoicing.class, Accounts.class},
            lazyInit = true,
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.ASSIGNABLE_TYPE,
                            classes = {AuditLog.class, OperatorNotes.class}))
    static class OtherModules {}
}
