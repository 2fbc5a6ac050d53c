package express.polaris.demo;

import express.polaris.accounts.AccountId;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.PlanService;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.settings.Settings;
import express.polaris.platform.settings.SettingsLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Demo plans: a flat price, one with the first 100 kWh free, and one with a night price and an idle fee. The third
 * driver's subscription starts ten days after the epoch, so their first sessions have no price. Idempotent.
 */
@Component
@ConditionalOnProperty(name = SettingsLoader.MODE, havingValue = SettingsLoader.DEMO)
class DemoPlans {

    private static final Duration WITHOUT_A_PLAN = Duration.ofDays(10);

    private final PlanService plans;
    private final SubscriptionService subscriptions;
    private final Settings settings;

    DemoPlans(PlanService plans, SubscriptionService subscriptions, Settings settings) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.settings = settings;
    }

    void subscribe(AccountId ada, AccountId ben, AccountId cleo, Instant epoch) {
        save(
                "home",
                "Home",
                500,
                energy("graduated", Map.of("graduated_ranges", List.of(range(0, 100, "0"), range(100, null, "0.29")))));
        save("company", "Company", 0, energy("standard", Map.of("amount", "0.39")));
        save("flex", "Flex", 300, byTime("0.41", "0.29"), idle("0.05"));
        subscribe(ada, "home", epoch);
        subscribe(ben, "company", epoch);
        subscribe(cleo, "flex", epoch.plus(WITHOUT_A_PLAN));
    }

    private static Map<String, Object> energy(String model, Map<String, Object> properties) {
        return Map.of("billable_metric_code", "energy_kwh", "charge_model", model, "properties", properties);
    }

    /** A price per kWh by day, and another one at night. */
    private static Map<String, Object> byTime(String day, String night) {
        var charge = new LinkedHashMap<>(energy("standard", Map.of("amount", day)));
        charge.put(
                "filters",
                List.of(Map.of(
                        "values",
                        Map.of("time_band", List.of(DemoBilling.NIGHT)),
                        "properties",
                        Map.of("amount", night))));
        return charge;
    }

    /** A price per minute after the end of energy, with a grace time and a cap. */
    private static Map<String, Object> idle(String perMinute) {
        return Map.of(
                "billable_metric_code",
                "idle_minutes",
                "charge_model",
                "standard",
                "properties",
                Map.of("amount", perMinute, "grace_minutes", 15, "cap_minutes", 120));
    }

    @SafeVarargs
    private void save(String code, String name, int feeInCents, Map<String, Object>... charges) {
        if (plans.find(code).isPresent()) {
            return;
        }
        plans.save(Map.of(
                "code",
                code,
                "name",
                name,
                "interval",
                "monthly",
                "amount_cents",
                feeInCents,
                "amount_currency",
                settings.currency().getCurrencyCode(),
                "pay_in_advance",
                false,
                "vat_rate",
                19,
                "charges",
                List.of(charges)));
    }

    private void subscribe(AccountId driver, String plan, Instant from) {
        if (subscriptions.of(driver).isEmpty()) {
            subscriptions.subscribe(new NewSubscription(
                    driver,
                    plan,
                    from.toString(),
                    "calendar",
                    settings.timeZone().getId()));
        }
    }

    private static Map<String, @Nullable Object> range(int from, @Nullable Integer to, String price) {
        var range = new LinkedHashMap<String, @Nullable Object>();
        range.put("from_value", from);
        range.put("to_value", to);
        range.put("per_unit_amount", price);
        range.put("flat_amount", "0");
        return range;
    }
}
