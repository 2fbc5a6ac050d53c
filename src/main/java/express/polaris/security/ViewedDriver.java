package express.polaris.security;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedIn;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/** For what surrounds a page: whose portal an operator sees in this request. */
public final class ViewedDriver {

    private ViewedDriver() {}

    /** Empty for everybody who sees their own. */
    public static Optional<Account> ofThisRequest() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(SignedInAuthentication.class::isInstance)
                .map(SignedInAuthentication.class::cast)
                .map(SignedInAuthentication::getPrincipal)
                .flatMap(SignedIn::viewedDriver);
    }
}
