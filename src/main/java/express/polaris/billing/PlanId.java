package express.polaris.billing;

/** Identifies one version of a plan. */
public record PlanId(long value) {}
