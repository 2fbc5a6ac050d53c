package express.polaris.billing.plans;

import java.time.Instant;

/**
 * Saved version of a plan with its usage.
 *
 * @param drivers number of drivers with a subscription to it that is in force
 * @param isUsed whether any subscription to it has ever existed
 */
public record PlanVersion(Plan plan, Instant createdAt, int drivers, boolean isUsed) {}
