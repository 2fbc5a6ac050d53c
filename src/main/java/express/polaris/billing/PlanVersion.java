package express.polaris.billing;

import java.time.Instant;

/**
 * One saved version of a plan, and who has it.
 *
 * @param drivers with a subscription to it that is in force now
 * @param isUsed whether there ever was a subscription to it
 */
public record PlanVersion(Plan plan, Instant createdAt, int drivers, boolean isUsed) {}
