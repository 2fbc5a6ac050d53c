package express.polaris.accounts.access;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedIn;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;

/** Driver whose portal an operator views in this request, for the page layout. */
public final class ViewedDriver {

    private ViewedDriver() {}

    /** Returns the driver; empty unless an operator is viewing a driver's portal. */
    public static Optional<Account> ofThisRequest() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(SignedInAuthentication.class::isInstance)
                .map(SignedInAuthentication.class::cast)
                .map(SignedInAuthentication::getPrincipal)
                .flatMap(SignedIn::viewedDriver);
    }
}
