package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The driver's subscription. */
@RestController
class SubscriptionApi {

    private final SubscriptionService subscriptions;

    SubscriptionApi(SubscriptionService subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * Subscription in force.
     *
     * @param periodFrom start of the current billing period
     * @param fee for a whole billing period
     */
    record OwnSubscription(
            String planCode,
            String planName,
            String interval,
            String billingTime,
            String timeZone,
            Instant startedAt,
            Instant periodFrom,
            Instant periodTo,
            BigDecimal fee,
            String currency) {

        static OwnSubscription of(SubscriptionService.Current current) {
            var subscription = current.subscription();
            var plan = subscription.plan();
            return new OwnSubscription(
                    plan.code(),
                    plan.name(),
                    plan.interval().name().toLowerCase(Locale.ROOT),
                    subscription.billingTime().name().toLowerCase(Locale.ROOT),
                    subscription.timeZone().getId(),
                    subscription.startedAt(),
                    current.period().from(),
                    current.period().to(),
                    plan.fee().rounded().amount(),
                    plan.currency().getCurrencyCode());
        }
    }

    @GetMapping("/api/v1/subscription")
    @Operation(summary = "The current subscription; 404 without one")
    OwnSubscription current(@SignedInAccount Account driver) {
        return subscriptions.current(driver.id()).map(OwnSubscription::of).orElseThrow(NotFound::new);
    }
}
