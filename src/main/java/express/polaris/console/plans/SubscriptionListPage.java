package express.polaris.console.plans;

import express.polaris.accounts.Account;
import express.polaris.billing.plans.Plan;
import express.polaris.billing.plans.Subscription;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Page {@code /operator/drivers/{id}/subscriptions}.
 *
 * @param rows latest first
 * @param plans plans to choose from
 * @param hasOpen whether a subscription is in force or starts later, so that a new one is a change of plan
 */
public record SubscriptionListPage(
        Shell shell,
        Account driver,
        List<Row> rows,
        List<Plan> plans,
        List<String> zones,
        boolean hasOpen,
        SubscriptionForm form,
        FieldFaults faults) {

    /** Time of a subscription relative to now. */
    public enum When {
        AHEAD,
        NOW,
        ENDED
    }

    /**
     * Subscription.
     *
     * @param planHref page of its plan
     * @param endNow the current time in the subscription's zone, proposed as its end
     */
    public record Row(Subscription subscription, When when, String planHref, LocalDateTime endNow) {

        static Row of(Subscription subscription, Instant now) {
            var when = now.isBefore(subscription.startedAt())
                    ? When.AHEAD
                    : subscription.endedAt().filter(end -> !end.isAfter(now)).isPresent() ? When.ENDED : When.NOW;
            return new Row(
                    subscription,
                    when,
                    ConsolePaths.plan(subscription.plan().code()),
                    LocalDateTime.ofInstant(now, subscription.timeZone()).truncatedTo(ChronoUnit.MINUTES));
        }
    }

    public String href() {
        return ConsolePaths.subscriptions(driver.id());
    }

    public String driverHref() {
        return ConsolePaths.driver(driver.id());
    }
}
