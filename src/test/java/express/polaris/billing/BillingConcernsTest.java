package express.polaris.billing;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.PriceFailures;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.HeldInvoices;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanRepository;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.sql.SqlTime;
import express.polaris.sessions.SessionId;
import express.polaris.testing.StoredSessions;
import express.polaris.testing.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Findings about energy without a price and about unsupported plans. */
class BillingConcernsTest {

    private final BillingFixture fixture = new BillingFixture();
    private final StoredSessions stored = new StoredSessions(fixture.jdbc);
    private final BillingConcerns concerns =
            new BillingConcerns(fixture.jdbc, fixture.get(PlanRepository.class), fixture.get(HeldInvoices.class));
    private final Instant now = fixture.clock.instant();

    private Instant ago(long hours) {
        return now.minus(Duration.ofHours(hours));
    }

    private void save(TestPlan plan) {
        fixture.get(PlanService.class).save(plan.json());
    }

    private void subscribe(AccountId driver, Instant from) {
        fixture.get(SubscriptionService.class)
                .subscribe(new NewSubscription(driver, "home", from.toString(), "calendar", "Europe/Berlin"));
    }

    @Test
    void energyWithoutASubscriptionIsReportedByDriver() {
        assertThat(concerns.hasPlans()).isFalse();
        var anna = fixture.driver();
        stored.completed("a", Optional.of(anna.value()), ago(30), "4");
        stored.completed("a", Optional.of(anna.value()), ago(20), "2");
        stored.completed("a", Optional.of(anna.value()), ago(24 * 40), "2");
        stored.completed("nobody", Optional.empty(), ago(20), "2");
        var found = concerns.uncovered(ago(24 * 30), 10);
        assertThat(found).singleElement().satisfies(uncovered -> {
            assertThat(uncovered.driver()).isEqualTo(anna);
            assertThat(uncovered.sessions()).isEqualTo(2);
            assertThat(uncovered.energy().wattHours()).isEqualByComparingTo("6000"); // 4000 + 2000
            assertThat(uncovered.since()).isEqualTo(ago(30));
        });
        save(TestPlan.standard("home", "0.30"));
        assertThat(concerns.hasPlans()).isTrue();
        subscribe(anna, ago(25));
        assertThat(concerns.uncovered(ago(24 * 30), 10).getFirst().sessions()).isEqualTo(1);
    }

    /** A session covered by two consecutive subscriptions has a price. */
    @Test
    void aChangeOfPlanInTheMiddleOfASessionLeavesNoGap() {
        var anna = fixture.driver();
        save(TestPlan.standard("home", "0.30"));
        subscribe(anna, ago(100));
        long id = stored.open("a", Optional.of(anna.value()), ago(30));
        stored.event(id, 0, ago(30), ago(29), "2", "{}", false);
        stored.event(id, 1, ago(29), ago(27), "2", "{}", true);
        stored.close(id, ago(27), "4");
        fixture.get(SubscriptionService.class)
                .changePlan(new NewSubscription(anna, "home", ago(28).toString(), "calendar", "Europe/Berlin"));
        assertThat(concerns.uncovered(ago(24 * 30), 10)).isEmpty();
    }

    @Test
    void anUnsupportedPlanIsReportedUntilItIsReplacedAndUnused() {
        save(TestPlan.unsupported("home"));
        assertThat(concerns.unsupportedPlans(now)).singleElement().satisfies(found -> {
            assertThat(found.plan().code()).isEqualTo("home");
            assertThat(found.plan().unsupported()).isNotEmpty();
            assertThat(found.subscriptions()).isZero();
        });
        subscribe(fixture.driver(), ago(1));
        save(TestPlan.standard("home", "0.30"));
        assertThat(concerns.unsupportedPlans(now)).singleElement().satisfies(found -> {
            assertThat(found.plan().version()).isEqualTo(1);
            assertThat(found.subscriptions()).isEqualTo(1);
        });
        fixture.jdbc
                .sql("update subscriptions set ended_at = ?")
                .param(SqlTime.utc(now.minusSeconds(60)))
                .update();
        assertThat(concerns.unsupportedPlans(now)).isEmpty();
    }

    @Test
    void aFailedPriceIsReportedUntilItIsComputedOrAnHourHasPassed() {
        var failures = new PriceFailures(fixture.clock);
        var one = new SessionId(1);
        var other = new SessionId(2);
        failures.failed(List.of(one, other));
        assertThat(failures.recent()).hasSize(2);
        failures.priced(List.of(one));
        assertThat(failures.recent()).extracting(PriceFailures.Failure::session).containsExactly(other);
        fixture.clock.advance(Duration.ofMinutes(61));
        assertThat(failures.recent()).isEmpty();
        assertThat(failures.count()).isEqualTo(2);
    }
}
