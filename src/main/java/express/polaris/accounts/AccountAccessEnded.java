package express.polaris.accounts;

/**
 * Event: all sign-ins and tokens of an account have ended. Published in the transaction that ends them;
 * listen after commit. Other nodes hear a notice, {@link AccessChecks#ENDED}.
 */
public record AccountAccessEnded(AccountId account) {}
