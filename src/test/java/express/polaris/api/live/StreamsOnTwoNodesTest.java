package express.polaris.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountChange;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.ApiTokenService;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.sessions.SessionWatchers;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.EventReader;
import express.polaris.testing.RunningPortal;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one node writes, the streams of another get: looks and heartbeats are an hour apart, so only notices can tell
 * them. The other node does not sync.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsOnTwoNodesTest {

    private static final String[] RARELY = {"--live.heartbeat=PT1H", "--live.look=PT1H"};

    private final RunningPortal one = RunningPortal.node(RARELY);
    private final RunningPortal other = one.another(RARELY);
    private final JdbcClient jdbc = other.bean(JdbcClient.class);
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(30));
    private Account driver = one.driver("Anna");
    private String tag = one.card(driver);

    @BeforeAll
    void stopSync() {
        other.bean(SyncEngine.class).stop();
    }

    @BeforeEach
    void anotherDriver() {
        driver = one.driver("Anna");
        tag = one.card(driver);
    }

    @AfterAll
    void close() {
        other.close();
        one.close();
    }

    /** A live session with a reading, 4 kWh so far. */
    private long live() {
        long id = one.steve.world().startTransaction("BOX-" + tag, 1, tag, start, 1000);
        reading(id, Duration.ofMinutes(10), 5000);
        return id;
    }

    /** A reading that the one node imports. */
    private void reading(long id, Duration afterStart, long wattHours) {
        one.steve.world().addMeterValue(id, SimulatedMeterValue.energy(start.plus(afterStart), wattHours));
        one.bean(SyncEngine.class).runNow();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            one.bean(SessionWatchers.class).watch(new SessionId(id)).close();
            return one.bean(SessionService.class)
                    .find(new SessionId(id))
                    .filter(session -> session.energy().wattHours().intValueExact() == wattHours - 1000)
                    .isPresent();
        });
    }

    private EventReader all() {
        return other.portal().signedIn(driver).stream("/api/v1/stream", Map.of());
    }

    private EventReader ofOne(long id) {
        return other.portal().withToken(driver).stream("/api/v1/sessions/" + id + "/stream", Map.of());
    }

    @Test
    void aReadingThatOneNodeImportsReachesTheStreamsOfTheOther() {
        long id = live();
        try (var stream = ofOne(id);
                var all = all()) {
            stream.awaitEvent("session", any -> true);
            all.awaitEvent("session", any -> true);
            reading(id, Duration.ofMinutes(20), 6000);
            stream.awaitEvent(
                    "meter", meter -> meter.path("energyKwh").asString().equals("5.000000"));
            all.awaitEvent("meter", meter -> meter.path("energyKwh").asString().equals("5.000000"));
        }
    }

    @Test
    void aSessionThatBeginsReachesTheStreamsOfTheOther() {
        long first = live();
        try (var all = all()) {
            all.awaitEvent("session", session -> session.path("id").asLong() == first);
            long second = one.steve.world().startTransaction("BOX2-" + tag, 1, tag, start, 1000);
            one.bean(SyncEngine.class).runNow();
            all.awaitEvent("session", session -> session.path("id").asLong() == second);
        }
    }

    @Test
    void aPlanThatChangesOnOneNodeSendsTheNewPriceOnTheOther() {
        long id = live();
        var code = "plan" + id;
        one.bean(PlanService.class)
                .save(TestPlan.graduated(code, TestPlan.rangeFrom(0, "0.30"))
                        .every("yearly")
                        .json());
        try (var stream = ofOne(id)) {
            stream.awaitEvent(
                    "session",
                    session -> session.path("cost").path("coverage").asString().equals("unknown"));
            one.bean(SubscriptionService.class)
                    .subscribe(new NewSubscription(
                            driver.id(),
                            code,
                            start.minus(Duration.ofDays(1)).toString(),
                            "anniversary",
                            "Europe/Berlin"));
            // 4 × 0.30
            stream.awaitEvent(
                    "session",
                    session -> session.path("cost").path("amount").asString().equals("1.20"));
        }
    }

    @Test
    void aNewPasswordOnOneNodeEndsAllStreamsOfTheAccountOnTheOther() {
        long id = live();
        try (var stream = ofOne(id);
                var all = all()) {
            stream.awaitEvent("session", any -> true);
            all.awaitEvent("session", any -> true);
            var answer = one.portal()
                    .signedIn(driver)
                    .post(
                            "/account/password",
                            Map.of("currentPassword", RunningPortal.PASSWORD, "password", "another correct horse"));
            assertThat(answer.statusCode()).isEqualTo(303);
            stream.awaitEnd();
            all.awaitEnd();
        }
    }

    @Test
    void anAccountThatIsDisabledOnOneNodeLosesItsStreamsOnTheOther() {
        long id = live();
        try (var stream = ofOne(id)) {
            stream.awaitEvent("session", any -> true);
            one.bean(AccountService.class)
                    .change(Optional.empty(), driver.id(), AccountChange.none().withDisabled(true));
            stream.awaitEnd();
        }
    }

    @Test
    void aTokenRevokedOnOneNodeEndsItsStreamsAndNoOthers() {
        long id = live();
        try (var stream = ofOne(id);
                var all = all()) {
            stream.awaitEvent("session", any -> true);
            all.awaitEvent("session", any -> true);
            var tokens = one.bean(ApiTokenService.class);
            long token = tokens.list(driver.id()).getFirst().id();
            one.portal().signedIn(driver).post("/account/tokens/" + token + "/revoke", Map.of());
            assertThat(tokens.list(driver.id())).isEmpty();
            stream.awaitEnd();
            reading(id, Duration.ofMinutes(20), 6000);
            all.awaitEvent("meter", any -> true);
            assertThat(all.isOver()).isFalse();
        }
    }

    @Test
    void aSignOutOnOneNodeEndsItsStreamsOnTheOther() {
        live();
        var portal = other.portal();
        var browser = portal.signedIn(driver);
        try (var all = browser.stream("/api/v1/stream", Map.of())) {
            all.awaitEvent("session", any -> true);
            one.portal()
                    .browser()
                    .withCookie("polaris", browser.cookie("polaris"))
                    .post("/sign-out", Map.of());
            all.awaitEnd();
        }
    }

    @Test
    void whatHappenedWhileNoNoticeCouldBeHeardIsFoundAfterwards() {
        long id = live();
        try (var stream = ofOne(id)) {
            stream.awaitEvent("session", any -> true);
            // All connections that listen, while the change is committed.
            jdbc.sql("""
                with changed as (
                    update transaction_sync_state set flags = '{clock}', revision = revision + 1
                     where steve_transaction_id = ? returning 1)
                select (select count(*) from changed), count(pg_terminate_backend(pid)) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'
                """).param(id).query(rows -> {});
            stream.awaitEvent(
                    "session", session -> session.path("flags").toString().contains("clock"));
        }
    }
}
