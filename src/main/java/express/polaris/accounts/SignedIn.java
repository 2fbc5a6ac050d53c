package express.polaris.accounts;

import java.util.Optional;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Principal of every authenticated request.
 *
 * @param account as read for this request; the driver's while an operator views their portal
 * @param revision access revision of the account that signed in
 * @param signIn identifies the sign-in or API token; opaque, constant within one sign-in, never shown or
 *     logged
 * @param viewing present while an operator views a driver's portal, until it is ended
 */
public record SignedIn(Account account, int revision, String signIn, Optional<Viewing> viewing)
        implements AuthenticatedPrincipal {

    private static final String SESSION = "session:";
    private static final String TOKEN = "token:";

    /** Principal of a browser session. */
    public static SignedIn bySession(SignInRight access, String sessionId) {
        return new SignedIn(access.account(), access.revision(), signInOf(sessionId), Optional.empty());
    }

    /** Value of {@link #signIn} for this session. */
    public static String signInOf(String sessionId) {
        return SESSION + sessionId;
    }

    static SignedIn byToken(SignInRight access, long tokenId) {
        return new SignedIn(access.account(), access.revision(), tokenSignIn(tokenId), Optional.empty());
    }

    static String tokenSignIn(long tokenId) {
        return TOKEN + tokenId;
    }

    SignedIn viewing(Viewing viewing) {
        return new SignedIn(viewing.isOver() ? account : viewing.driver(), revision, signIn, Optional.of(viewing));
    }

    /** The driver whose portal an operator is viewing; empty when the viewing is over. */
    public Optional<Account> viewedDriver() {
        return viewing.filter(open -> !open.isOver()).map(Viewing::driver);
    }

    /** The account that authenticated: the operator while they view a driver's portal. */
    public Account person() {
        return viewing.map(Viewing::operator).orElse(account);
    }

    /** Returns whether the request authenticated with an API token rather than a cookie. */
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
