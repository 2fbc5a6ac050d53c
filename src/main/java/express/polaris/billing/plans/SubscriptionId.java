package express.polaris.billing.plans;

/** Identifies a subscription. */
public record SubscriptionId(long value) {}
