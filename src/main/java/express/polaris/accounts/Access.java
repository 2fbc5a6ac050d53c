package express.polaris.accounts;

/**
 * The right of an enabled account to sign in, as it was proven or looked up. It lapses as soon as the account's password
 * or role changes or the account is disabled.
 *
 * @param revision of the account's access at that time
 */
public record Access(Account account, int revision) {}
