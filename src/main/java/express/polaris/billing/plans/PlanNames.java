package express.polaris.billing.plans;

import express.polaris.units.Interval;
import java.util.List;

/** Names of the plans that a driver has subscribed to; two versions of a plan may have different names. */
public record PlanNames(List<Subscription> subscriptions) {

    public static final PlanNames NONE = new PlanNames(List.of());

    public PlanNames {
        subscriptions = List.copyOf(subscriptions);
    }

    /** Returns the name of the plan that was in force when the period started; the code if none was. */
    public String of(String code, Interval period) {
        return subscriptions.stream()
                .filter(subscription -> subscription.plan().code().equals(code)
                        && subscription.inForce().contains(period.from()))
                .map(subscription -> subscription.plan().name())
                .findFirst()
                .orElse(code);
    }
}
