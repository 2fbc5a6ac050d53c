package express.polaris.accounts;

import java.util.Optional;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who is asking, as of this request: the principal of every authenticated request.
 *
 * @param account as read for this request; the driver's while an operator looks at their portal
 * @param revision of the access of whoever signed in
 * @param signIn which sign-in or API token it is; opaque, equal within one sign-in, never shown or logged
 * @param viewing present while an operator looks at a driver's portal, and until that is ended
 */
public record SignedIn(Account account, int revision, String signIn, Optional<Viewing> viewing)
        implements AuthenticatedPrincipal {

    private static final String SESSION = "session:";
    private static final String TOKEN = "token:";

    /** Signed in with a browser. */
    public static SignedIn bySession(Access access, String sessionId) {
        return new SignedIn(access.account(), access.revision(), signInOf(sessionId), Optional.empty());
    }

    /** {@link #signIn} of the browser with this session. */
    public static String signInOf(String sessionId) {
        return SESSION + sessionId;
    }

    static SignedIn byToken(Access access, long tokenId) {
        return new SignedIn(access.account(), access.revision(), tokenSignIn(tokenId), Optional.empty());
    }

    static String tokenSignIn(long tokenId) {
        return TOKEN + tokenId;
    }

    SignedIn viewing(Viewing viewing) {
        return new SignedIn(viewing.isOver() ? account : viewing.driver(), revision, signIn, Optional.of(viewing));
    }

    /** Whose portal an operator sees in place of their own. */
    public Optional<Account> viewedDriver() {
        return viewing.filter(open -> !open.isOver()).map(Viewing::driver);
    }

    /** Who proved who they are: the operator while they look at a driver's portal. */
    public Account person() {
        return viewing.map(Viewing::operator).orElse(account);
    }

    /** Whether an API token proves it, rather than a browser's cookie. */
    public boolean usesToken() {
        return signIn.startsWith(TOKEN);
    }

    long tokenId() {
        return usesToken() ? Long.parseLong(signIn.substring(TOKEN.length())) : -1;
    }

    String sessionId() {
        return usesToken() ? "" : signIn.substring(SESSION.length());
    }

    @Override
    public String getName() {
        return account.id().toString();
    }

    @Override
    public String toString() {
        return "SignedIn[" + account + "]";
    }
}
