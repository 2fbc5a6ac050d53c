package express.polaris.accounts;

/**
 * Event: one sign-in or API token has ended by sign-out or revocation, or a viewing has ended.
 *
 * @param signIn as in {@link SignedIn#signIn()}
 */
public record SignInEnded(AccountId account, String signIn) {

    @Override
    public String toString() {
        return "SignInEnded[" + account + "]";
    }
}
