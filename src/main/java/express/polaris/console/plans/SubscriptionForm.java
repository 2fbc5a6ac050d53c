package express.polaris.console.plans;

import java.util.Objects;
import java.util.Optional;

/**
 * A subscription as typed; a field that was not sent is empty.
 *
 * @param startedAt local date and time in the time zone
 * @param replace ends the subscription that is in force at that time
 */
public record SubscriptionForm(
        String planCode, String startedAt, String billingTime, String timeZone, Optional<Boolean> replace) {

    public SubscriptionForm {
        planCode = Objects.requireNonNullElse(planCode, "");
        startedAt = Objects.requireNonNullElse(startedAt, "");
        billingTime = Objects.requireNonNullElse(billingTime, "");
        timeZone = Objects.requireNonNullElse(timeZone, "");
    }

    public boolean replaces() {
        return replace.orElse(false);
    }
}
