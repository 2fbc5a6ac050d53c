package express.polaris.accounts.access;

import express.polaris.accounts.Role;
import express.polaris.accounts.SignedIn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Spring Security's view of {@link SignedIn}: an operator has all rights of a driver. */
final class SignedInAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;

    SignedInAuthentication(SignedIn signedIn) {
        super(authorities(signedIn.account().role()));
        this.signedIn = signedIn;
        super.setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public SignedIn getPrincipal() {
        return signedIn;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedInAuthentication that && signedIn.equals(that.signedIn);
    }

    @Override
    public int hashCode() {
        return signedIn.hashCode();
    }

    private static List<GrantedAuthority> authorities(Role role) {
        var authorities = new ArrayList<GrantedAuthority>();
        authorities.add(new SimpleGrantedAuthority("ROLE_" + Role.DRIVER));
        if (role == Role.OPERATOR) {
            authorities.add(new SimpleGrantedAuthority("ROLE_" + Role.OPERATOR));
        }
        return authorities;
    }
}
