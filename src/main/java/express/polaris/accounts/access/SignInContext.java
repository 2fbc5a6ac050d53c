package express.polaris.accounts.access;

import express.polaris.accounts.AccessChecks;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Resolves the signed-in account lazily and at most once per request. A session holds two numbers, the account id
 * and its access revision; the account itself is read from the database, so a role is never older than the request.
 * The same query finds an operator's open viewing: then the driver is the principal's account.
 */
@Component
class SignInContext implements SecurityContextRepository {

    static final String ACCOUNT = "account";
    static final String REVISION = "revision";

    /** Session attribute: the sign-in came from the issuer of single sign-on. */
    static final String FROM_ISSUER = "fromIssuer";

    private static final String KNOWN = SignInContext.class.getName();

    private final AccessChecks access;

    SignInContext(AccessChecks access) {
        this.access = access;
    }

    /** Sets the principal of this request, including its dispatches to error pages and streams. */
    static void set(HttpServletRequest request, Optional<SignedIn> signedIn) {
        request.setAttribute(KNOWN, contextOf(signedIn));
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(request);
    }

    @Override
    @SuppressWarnings("deprecation") // required by the interface although deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return load(holder.getRequest());
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        // only SignIns writes a sign-in to the session
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(ACCOUNT) != null;
    }

    private SecurityContext load(HttpServletRequest request) {
        if (request.getAttribute(KNOWN) instanceof SecurityContext known) {
            return known;
        }
        var context = contextOf(Bearer.isIn(request) ? Optional.empty() : bySession(request));
        request.setAttribute(KNOWN, context);
        return context;
    }

    private Optional<SignedIn> bySession(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(ACCOUNT) instanceof Long account)
                || !(session.getAttribute(REVISION) instanceof Integer revision)) {
            return Optional.empty();
        }
        var signedIn = access.signedIn(new AccountId(account), revision, session.getId());
        if (signedIn.isEmpty() && !isFromIssuer(session)) {
            session.invalidate();
        }
        return signedIn;
    }

    /** Such a sign-in may only wait for the issuer's confirmation, for which its row is needed. */
    static boolean isFromIssuer(HttpSession session) {
        return session.getAttribute(FROM_ISSUER) != null;
    }

    private static SecurityContext contextOf(Optional<SignedIn> signedIn) {
        return signedIn.map(who -> new SecurityContextImpl(new SignedInAuthentication(who)))
                .orElseGet(SecurityContextImpl::new);
    }

    private final class Deferred implements DeferredSecurityContext {

        private final HttpServletRequest request;

        Deferred(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            return load(request);
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
