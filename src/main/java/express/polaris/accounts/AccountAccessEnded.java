package express.polaris.accounts;

/**
 * Event: all sign-ins and tokens of an account have ended. Published in the transaction that ends them;
 * listen after commit. Other nodes do not receive it, so long-lived streams poll {@link
 * AccessChecks#holds}.
 */
public record AccountAccessEnded(AccountId account) {}
