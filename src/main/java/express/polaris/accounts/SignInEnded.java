package express.polaris.accounts;

/**
 * One sign-in or API token has ended: somebody signed out or revoked it.
 *
 * @param signIn as in {@link SignedIn#signIn()}
 */
public record SignInEnded(AccountId account, String signIn) {

    @Override
    public String toString() {
        return "SignInEnded[" + account + "]";
    }
}
