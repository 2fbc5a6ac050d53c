package express.polaris.billing.plans;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.AuditLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** {@link PlanService} and {@link SubscriptionService} for operators: each change and its audit log entry are one transaction. */
@Service
public class OperatorBilling {

    private final PlanService plans;
    private final SubscriptionService subscriptions;
    private final AuditLog audit;

    OperatorBilling(PlanService plans, SubscriptionService subscriptions, AuditLog audit) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.audit = audit;
    }

    /** See {@link PlanService#save}. */
    @Transactional
    public Plan savePlan(AccountId operator, Map<String, ?> json) {
        var plan = plans.save(json);
        audit.record(
                Optional.of(operator),
                "plan.save",
                "plan " + plan.id().value(),
                Map.of("code", plan.code(), "version", plan.version(), "unsupported", plan.unsupported()));
        return plan;
    }

    /** See {@link SubscriptionService#subscribe}. */
    @Transactional
    public Subscription subscribe(AccountId operator, NewSubscription wanted) {
        return noted(operator, "subscription.start", subscriptions.subscribe(wanted));
    }

    /** See {@link SubscriptionService#changePlan}. */
    @Transactional
    public Subscription changePlan(AccountId operator, NewSubscription wanted) {
        return noted(operator, "subscription.change-plan", subscriptions.changePlan(wanted));
    }

    /** See {@link SubscriptionService#terminate}. */
    @Transactional
    public Subscription terminate(AccountId operator, SubscriptionId id, String at) {
        return noted(operator, "subscription.terminate", subscriptions.terminate(id, at));
    }

    private Subscription noted(AccountId operator, String action, Subscription subscription) {
        var details = new LinkedHashMap<String, Object>();
        details.put("driver", subscription.driver().value());
        details.put("plan", subscription.plan().code());
        details.put("version", subscription.plan().version());
        details.put("startedAt", subscription.startedAt());
        subscription.endedAt().ifPresent(end -> details.put("endedAt", end));
        audit.record(
                Optional.of(operator),
                action,
                "subscription " + subscription.id().value(),
                details);
        return subscription;
    }
}
