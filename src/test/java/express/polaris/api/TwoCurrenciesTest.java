package express.polaris.api;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.demo.simulator.SimulatedMeterValue;
import express.polaris.demo.simulator.SimulatedSteve;
import express.polaris.demo.simulator.StopActor;
import express.polaris.sessions.SessionId;
import express.polaris.sessions.SessionService;
import express.polaris.stations.cards.CardLinkService;
import express.polaris.stations.cards.IdTag;
import express.polaris.sync.SyncEngine;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.MutableClock;
import express.polaris.testing.Portal;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** A session during which its driver changes from a plan in EUR to a plan in CHF. */
@ApplicationTest
class TwoCurrenciesTest {

    private final Portal portal;
    private final SimulatedSteve steve;
    private final SyncEngine engine;
    private final SessionService sessions;
    private final MutableClock clock;

    @Autowired
    private CardLinkService links;

    @Autowired
    private PlanService plans;

    @Autowired
    private SubscriptionService subscriptions;

    TwoCurrenciesTest(
            Portal portal, SimulatedSteve steve, SyncEngine engine, SessionService sessions, MutableClock clock) {
        this.portal = portal;
        this.steve = steve;
        this.engine = engine;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Test
    void eachCurrencyHasItsOwnAmountAndTheyAreNotAddedUp() {
        var driver = portal.driver();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var start = now.minus(Duration.ofHours(2));
        var change = start.plus(Duration.ofMinutes(45));
        plan("euros", "0.30", "EUR");
        plan("francs", "0.20", "CHF");
        var euros = subscription(
                driver.id(), "euros", start.minus(Duration.ofDays(30)).toString());
        subscriptions.terminate(euros.id(), change.toString());
        subscription(driver.id(), "francs", change.toString());
        var tag = "MONEY-" + driver.id().value();
        links.link(
                IdTag.parse(tag).orElseThrow(),
                driver.id(),
                Optional.of("Card"),
                Optional.of(start.minus(Duration.ofDays(30))));

        long id = charge(tag, start);

        var cost = JsonMapper.shared()
                .readTree(portal.withToken(driver).get("/api/v1/sessions/" + id).body())
                .path("cost");
        assertThat(cost.path("amount").isNull()).isTrue();
        assertThat(cost.path("coverage").asString()).isEqualTo("billed");
        // 3 × 0.30 and 3 × 0.20
        assertThat(cost.path("amounts").toString())
                .isEqualTo("[{\"amount\":\"0.90\",\"currency\":\"EUR\"},{\"amount\":\"0.60\",\"currency\":\"CHF\"}]");
        assertThat(portal.signedIn(driver).get("/sessions/" + id).body()).contains("€0.90 + CHF");
    }

    /** Six steps of 1 kWh, a quarter of an hour each. */
    private long charge(String tag, Instant start) {
        portal.continueIds(steve);
        long id = steve.world().startTransaction("BOX-" + tag, 1, tag, start, 1_000);
        for (int i = 1; i <= 6; i++) {
            steve.world()
                    .addMeterValue(id, SimulatedMeterValue.energy(start.plusSeconds(900L * i), 1_000 + 1_000L * i));
        }
        steve.world().stopTransaction(id, start.plusSeconds(5_500), 7_000, Optional.of("Local"), StopActor.STATION);
        engine.runNow();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            clock.advance(Duration.ofMillis(500));
            return sessions.find(new SessionId(id))
                    .filter(session -> session.isFinal())
                    .isPresent();
        });
        return id;
    }

    private void plan(String code, String price, String currency) {
        var plan = new HashMap<>(TestPlan.standard(code, price).json());
        plan.put("amount_currency", currency);
        plans.save(plan);
    }

    private Subscription subscription(AccountId driver, String plan, String from) {
        return subscriptions.subscribe(new NewSubscription(driver, plan, from, "calendar", "Europe/Berlin"));
    }
}
