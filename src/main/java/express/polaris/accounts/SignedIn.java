package express.polaris.accounts;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who is asking, as of this request: the principal of every authenticated request.
 *
 * @param account as read for this request
 * @param signIn which sign-in or API token it is; opaque, equal within one sign-in, never shown or logged
 */
public record SignedIn(Account account, int revision, String signIn) implements AuthenticatedPrincipal {

    private static final String SESSION = "session:";
    private static final String TOKEN = "token:";

    /** Signed in with a browser. */
    public static SignedIn bySession(Access access, String sessionId) {
        return new SignedIn(access.account(), access.revision(), signInOf(sessionId));
    }

    /** {@link #signIn} of the browser with this session. */
    public static String signInOf(String sessionId) {
        return SESSION + sessionId;
    }

    static SignedIn byToken(Access access, long tokenId) {
        return new SignedIn(access.account(), access.revision(), tokenSignIn(tokenId));
    }

    static String tokenSignIn(long tokenId) {
        return TOKEN + tokenId;
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
