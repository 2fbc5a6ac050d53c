package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.plans.NewSubscription;
import express.polaris.billing.plans.OperatorBilling;
import express.polaris.billing.plans.Subscription;
import express.polaris.billing.plans.SubscriptionId;
import express.polaris.billing.plans.SubscriptionService;
import express.polaris.platform.refusals.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Drivers' subscriptions, for operators. */
@RestController
@RequestMapping("/api/v1/operator/subscriptions")
class OperatorSubscriptionsApi {

    private static final AccountId NOBODY = new AccountId(0);

    private final SubscriptionService subscriptions;
    private final OperatorBilling changes;

    OperatorSubscriptionsApi(SubscriptionService subscriptions, OperatorBilling changes) {
        this.subscriptions = subscriptions;
        this.changes = changes;
    }

    record SubscriptionOfDriver(
            long id,
            long driverId,
            String planCode,
            int planVersion,
            String planName,
            String interval,
            Instant startedAt,
            Optional<Instant> endedAt,
            String billingTime,
            String timeZone) {

        static SubscriptionOfDriver of(Subscription subscription) {
            var plan = subscription.plan();
            return new SubscriptionOfDriver(
                    subscription.id().value(),
                    subscription.driver().value(),
                    plan.code(),
                    plan.version(),
                    plan.name(),
                    plan.interval().name().toLowerCase(Locale.ROOT),
                    subscription.startedAt(),
                    subscription.endedAt(),
                    subscription.billingTime().name().toLowerCase(Locale.ROOT),
                    subscription.timeZone().getId());
        }
    }

    /**
     * Request for a subscription.
     *
     * @param replace ends the subscription in force at {@code startedAt} at that instant
     */
    record Wanted(
            Optional<Long> driverId,
            Optional<String> planCode,
            Optional<String> startedAt,
            Optional<String> billingTime,
            Optional<String> timeZone,
            Optional<Boolean> replace) {}

    record End(Optional<String> at) {}

    /** Newest first, by creation. */
    @GetMapping
    @Operation(summary = "Subscriptions, last created first")
    CursorPage<SubscriptionOfDriver> list(
            @RequestParam Optional<String> driverId,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var before = CursorPage.idIn(cursor).map(SubscriptionId::new);
        var driver =
                driverId.map(text -> PathIds.parse(text).map(AccountId::new).orElse(NOBODY));
        var found = subscriptions.page(driver, before, most + 1);
        return CursorPage.byId(found, most, subscription -> subscription.id().value(), SubscriptionOfDriver::of);
    }

    /** Returns 409 if the driver has another subscription at that time or later. */
    @PostMapping
    @Operation(
            summary = "Start a subscription",
            description =
                    "Uses the latest version of the plan. 409 if the driver has another subscription at that time or"
                            + " later. With `replace`: true, the one in force at `startedAt` ends there: a change of"
                            + " plan.")
    @ResponseStatus(HttpStatus.CREATED)
    SubscriptionOfDriver start(@RequestBody Wanted wanted, @SignedInAccount Account operator) {
        var subscription = new NewSubscription(
                wanted.driverId().map(AccountId::new).orElse(NOBODY),
                wanted.planCode().orElse(""),
                wanted.startedAt().orElse(""),
                wanted.billingTime().orElse(""),
                wanted.timeZone().orElse(""));
        return SubscriptionOfDriver.of(
                wanted.replace().orElse(false)
                        ? changes.changePlan(operator.id(), subscription)
                        : changes.subscribe(operator.id(), subscription));
    }

    /** The end may lie in the future, and may be moved as long as no invoice bills energy after it. */
    @PostMapping("/{id}/terminate")
    @Operation(summary = "End a subscription")
    SubscriptionOfDriver terminate(@PathVariable String id, @RequestBody End end, @SignedInAccount Account operator) {
        var subscription = subscriptions
                .find(new SubscriptionId(PathIds.inPath(id)))
                .map(Subscription::id)
                .orElseThrow(NotFound::new);
        return SubscriptionOfDriver.of(
                changes.terminate(operator.id(), subscription, end.at().orElse("")));
    }
}
