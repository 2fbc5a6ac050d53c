package express.polaris.billing.plans;

import express.polaris.accounts.AccountId;

/**
 * Requested subscription.
 *
 * @param planCode code of a plan; its latest version is used
 * @param startedAt ISO-8601 with an offset, e.g. {@code 2026-05-01T00:00:00Z}; may be in the past
 * @param billingTime {@code calendar} or {@code anniversary}
 * @param timeZone e.g. {@code Europe/Berlin}
 */
public record NewSubscription(
        AccountId driver, String planCode, String startedAt, String billingTime, String timeZone) {}
