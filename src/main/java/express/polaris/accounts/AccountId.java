package express.polaris.accounts;

/** Identifies an account. */
public record AccountId(long value) {}
