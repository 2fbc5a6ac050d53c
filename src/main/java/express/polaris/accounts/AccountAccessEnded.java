package express.polaris.accounts;

/**
 * All sign-ins and tokens of an account have ended. Published in the transaction that ends them; listen after commit.
 * Other nodes do not hear it: what stays open for long asks {@link AccessChecks#holds} from time to time.
 */
public record AccountAccessEnded(AccountId account) {}
