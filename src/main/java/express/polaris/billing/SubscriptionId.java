package express.polaris.billing;

/** Identifies a subscription. */
public record SubscriptionId(long value) {}
