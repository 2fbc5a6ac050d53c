package express.polaris.console;

/**
 * A subscription as it was typed.
 *
 * @param startedAt a local date and time in the time zone
 * @param replace the subscription in force at that time ends there
 */
public record SubscriptionForm(
        String planCode, String startedAt, String billingTime, String timeZone, boolean replace) {}
