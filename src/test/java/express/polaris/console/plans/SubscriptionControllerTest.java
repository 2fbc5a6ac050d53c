package express.polaris.console.plans;

import static org.assertj.core.api.Assertions.assertThat;

import express.polaris.accounts.Account;
import express.polaris.accounts.AuditLog;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.testing.ApplicationTest;
import express.polaris.testing.Browser;
import express.polaris.testing.Portal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class SubscriptionControllerTest {

    private final Portal portal;
    private final PlanService plans;
    private final SubscriptionService subscriptions;
    private final AuditLog audit;
    private Account driver;
    private Browser operator;

    SubscriptionControllerTest(Portal portal, PlanService plans, SubscriptionService subscriptions, AuditLog audit) {
        this.portal = portal;
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.driver = portal.driver();
        this.operator = portal.browser();
    }

    @BeforeEach
    void people() {
        driver = portal.driver();
        operator = portal.signedIn(portal.operator());
    }

    private String page() {
        return "/operator/drivers/" + driver.id() + "/subscriptions";
    }

    private String plan() {
        var code = "plan-" + UUID.randomUUID();
        plans.save(Map.of(
                "code", code, "name", "Home", "interval", "monthly", "amount_cents", 0, "amount_currency", "EUR"));
        return code;
    }

    private HttpResponse<String> assign(String plan, String startedAt, String... more) {
        var fields = new java.util.ArrayList<>(List.of(
                "planCode", plan, "startedAt", startedAt, "billingTime", "calendar", "timeZone", "Europe/Berlin"));
        fields.addAll(List.of(more));
        return operator.postAll(page(), fields.toArray(String[]::new));
    }

    private List<Subscription> own() {
        return subscriptions.of(driver.id());
    }

    @Test
    void aPlanIsAssignedChangedAndEnded() {
        assertThat(operator.get(page()).body()).contains("No plan yet");
        var first = plan();
        var assigned = assign(first, "2026-05-01T00:00");
        assertThat(assigned.headers().firstValue("Location")).contains(page() + "?done=started");
        // midnight in Berlin in summer is 22:00 UTC of the day before
        assertThat(own())
                .singleElement()
                .satisfies(it -> assertThat(it.startedAt()).isEqualTo(Instant.parse("2026-04-30T22:00:00Z")));
        assertThat(operator.get(page() + "?done=started").body())
                .contains("Plan assigned")
                .contains("active")
                .contains("no end set");

        var second = plan();
        assign(second, "2026-07-01T00:00", "replace", "true");
        assertThat(own()).extracting(it -> it.plan().code()).containsExactly(first, second);
        assertThat(own().getFirst().endedAt()).contains(Instant.parse("2026-06-30T22:00:00Z"));

        var ended = operator.post(
                page() + "/" + own().getLast().id().value() + "/terminate", Map.of("at", "2026-08-01T00:00"));
        assertThat(ended.headers().firstValue("Location")).contains(page() + "?done=ended");
        assertThat(own().getLast().endedAt()).contains(Instant.parse("2026-07-31T22:00:00Z"));
        assertThat(audit.page(Optional.empty(), 3))
                .extracting(AuditLog.Entry::action)
                .containsExactly("subscription.terminate", "subscription.change-plan", "subscription.start");
    }

    @Test
    void anOverlapIsRefusedWithAReason() {
        var first = plan();
        assign(first, "2026-05-01T00:00");
        var answer = assign(plan(), "2026-06-01T00:00");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("has subscription").contains(first).contains("End it first");
        assertThat(own()).hasSize(1);
    }

    @Test
    void allErrorsAreShownAtOnce() {
        var answer = operator.postAll(
                page(), "planCode", "nowhere", "startedAt", "soon", "billingTime", "daily", "timeZone", "Mars/Olympus");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("Must be the code of an existing plan")
                .contains("Enter a date and a time")
                .contains("Must be calendar or anniversary")
                .contains("Must be a time zone");
        assertThat(own()).isEmpty();
    }

    @Test
    void unknownDriversAndForeignSubscriptionsAreNotFound() {
        assign(plan(), "2026-05-01T00:00");
        long id = own().getFirst().id().value();
        assertThat(operator.get("/operator/drivers/999999999/subscriptions").statusCode())
                .isEqualTo(404);
        assertThat(operator.get("/operator/drivers/x/subscriptions").statusCode())
                .isEqualTo(404);
        var other = portal.driver();
        assertThat(operator.post(
                                "/operator/drivers/" + other.id() + "/subscriptions/" + id + "/terminate",
                                Map.of("at", "2026-08-01T00:00"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(own().getFirst().endedAt()).isEmpty();
    }
}
