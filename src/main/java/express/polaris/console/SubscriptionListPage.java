package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.billing.Plan;
import express.polaris.billing.Subscription;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The page {@code /operator/drivers/{id}/subscriptions}.
 *
 * @param rows the latest first
 * @param plans that can be chosen
 * @param hasOpen there is one in force, now or later: another one is a change of plan
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

    /** When a subscription is in force. */
    public enum When {
        AHEAD,
        NOW,
        ENDED
    }

    /**
     * A subscription.
     *
     * @param planHref of its plan
     * @param endNow now, in the subscription's zone: what its end is proposed to be
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
