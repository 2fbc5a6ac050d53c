package express.polaris.billing.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import express.polaris.accounts.AccountId;
import express.polaris.billing.cost.Coverage;
import express.polaris.billing.invoicing.BillingFixture;
import express.polaris.billing.invoicing.BillingFixture.Event;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.Fault;
import express.polaris.platform.refusals.InvalidInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanServiceTest {

    private final BillingFixture fixture = new BillingFixture();
    private final PlanService plans = fixture.get(PlanService.class);
    private final SubscriptionService subscriptions = fixture.get(SubscriptionService.class);
    private final AccountId anna = fixture.driver();

    @Test
    void lagosJsonIsSavedAsAPlanAndAKnownCodeAsANewVersion() {
        var first = plans.save(json("home", "0.30"));
        var second = plans.save(json("home", "0.40"));

        assertThat(first.version()).isEqualTo(1);
        assertThat(first.fee().amount()).isEqualByComparingTo("9.90"); // 990 cents
        assertThat(first.vatRate()).isEqualByComparingTo("19");
        assertThat(second.version()).isEqualTo(2);
        assertThat(plans.find("home")).contains(second);
        assertThat(plans.page(Optional.empty(), 10)).containsExactly(second);
    }

    @Test
    void aSubscriptionKeepsItsPlanVersion() {
        plans.save(json("home", "0.30"));
        subscribe("home", "2026-01-01T00:00:00Z");
        plans.save(json("home", "0.40"));

        var cost = fixture.cost(fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "10")));

        assertThat(cost.amount().orElseThrow().amount()).isEqualByComparingTo("3.00"); // 10 × 0.30
        assertThatThrownBy(() -> fixture.jdbc.sql("update plans set fee = 1").update())
                .hasMessageContaining("never change");
    }

    @Test
    void allErrorsInAPlanAreReportedAtOnceAndNothingIsStored() {
        var json = new HashMap<String, Object>(Map.of(
                "code", " ",
                "interval", "daily",
                "amount_cents", "1.5",
                "amount_currency", "EURO",
                "pay_in_advance", "yes",
                "vat_rate", 101));
        json.put(
                "charges",
                List.of(
                        Map.of(
                                "billable_metric_code",
                                "energy_kwh",
                                "charge_model",
                                "standard",
                                "properties",
                                Map.of()),
                        "x"));

        assertThatThrownBy(() -> plans.save(json))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(Fault::field)
                                .containsExactly(
                                        "code",
                                        "name",
                                        "interval",
                                        "amount_currency",
                                        "amount_cents",
                                        "pay_in_advance",
                                        "vat_rate",
                                        "charges[0].properties.amount",
                                        "charges[1]"));
        assertThat(plans.page(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aPlanWithUnsupportedPricingIsStoredWithoutAPrice() {
        var json = new HashMap<>(json("odd", "0.30"));
        json.put("minimum_commitment", Map.of("amount_cents", 100));
        json.put("trial_period", 0);
        var charge = Map.of(
                "billable_metric_code",
                "minutes",
                "charge_model",
                "percentage",
                "min_amount_cents",
                500,
                "filters",
                List.of());
        json.put("charges", List.of(charge));

        var plan = plans.save(json);

        assertThat(plan.isSupported()).isFalse();
        assertThat(plan.unsupported())
                .containsExactly(
                        "charges[0].billable_metric_code minutes",
                        "charges[0].min_amount_cents",
                        "charges[0].percentage",
                        "minimum_commitment");
    }

    @Test
    void subscriptionsOfADriverCannotOverlap() {
        plans.save(json("home", "0.30"));
        var first = subscribe("home", "2026-01-01T00:00:00Z");

        assertThatThrownBy(() -> subscriptions.subscribe(wanted("home", "2026-05-01T00:00:00Z")))
                .isInstanceOf(Conflict.class)
                .hasMessage("Driver " + anna.value() + " has subscription "
                        + first.id().value() + " (plan Home) from 2026-01-01T00:00:00Z, with no end set;"
                        + " terminate it first, or change the plan.");
        assertThat(subscriptions.of(anna)).containsExactly(first);
    }

    @Test
    void aChangeOfPlanEndsOneSubscriptionAndStartsAnother() {
        plans.save(json("home", "0.30"));
        plans.save(json("night", "0.10"));
        subscribe("home", "2026-01-01T00:00:00Z");

        var changed = subscriptions.changePlan(wanted("night", "2026-05-10T11:00:00+01:00"));

        assertThat(subscriptions.of(anna)).hasSize(2);
        assertThat(subscriptions.of(anna).getFirst().endedAt()).contains(changed.startedAt());
        assertThat(subscriptions.current(anna).orElseThrow().subscription()).isEqualTo(changed);
        assertThat(subscriptions.current(anna).orElseThrow().period().from()).isEqualTo("2026-05-31T22:00:00Z");
    }

    @Test
    void aTerminatedSubscriptionPricesNothingAfterItsEnd() {
        plans.save(json("home", "0.30"));
        var subscription = subscribe("home", "2026-01-01T00:00:00Z");
        var session = fixture.charged(anna, new Event("2026-05-10T10:00:00Z", "10"));
        assertThat(fixture.cost(session).coverage()).isEqualTo(Coverage.BILLED);

        subscriptions.terminate(subscription.id(), "2026-05-10T09:59:59Z");

        assertThat(fixture.cost(session).coverage()).isEqualTo(Coverage.UNKNOWN);
        assertThatThrownBy(() -> subscriptions.terminate(subscription.id(), "2025-12-31T00:00:00Z"))
                .isInstanceOf(Conflict.class);
        assertThat(subscriptions.current(anna)).isEmpty();
    }

    @Test
    void allErrorsInASubscriptionAreReportedAtOnce() {

        assertThatThrownBy(() -> subscriptions.subscribe(
                        new NewSubscription(new AccountId(99), "none", "yesterday", "sometimes", "Mars/Base")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(Fault::field)
                                .containsExactly("startedAt", "planCode", "billingTime", "timeZone", "driverId"));
    }

    private Subscription subscribe(String code, String from) {
        return subscriptions.subscribe(wanted(code, from));
    }

    private NewSubscription wanted(String code, String from) {
        return new NewSubscription(anna, code, from, "calendar", "Europe/Berlin");
    }

    private static Map<String, Object> json(String code, String price) {
        return Map.of(
                "code",
                code,
                "name",
                "Home",
                "interval",
                "monthly",
                "amount_cents",
                990,
                "amount_currency",
                "EUR",
                "pay_in_advance",
                false,
                "vat_rate",
                "19",
                "charges",
                List.of(Map.of(
                        "billable_metric_code", "energy_kwh",
                        "charge_model", "standard",
                        "properties", Map.of("amount", price))));
    }
}
