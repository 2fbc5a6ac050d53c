package express.polaris.billing.plans;

/** Identifies one version of a plan. */
public record PlanId(long value) {}
