package express.polaris.accounts;

/**
 * Proof that an enabled account may sign in, as of the moment it was verified or looked up. Lapses when the
 * account's password or role changes or the account is disabled.
 *
 * @param revision the account's access revision at that moment
 */
public record SignInRight(Account account, int revision) {}
