package express.polaris.accounts;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * A person who may sign in.
 *
 * @param email as it was given; compares without case
 * @param timeZone in which this person reads times
 * @param disabledAt absent for an account that may sign in
 */
public record Account(
        AccountId id,
        String email,
        String name,
        Role role,
        Locale locale,
        ZoneId timeZone,
        Optional<Instant> disabledAt) {

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }

    public boolean isDisabled() {
        return disabledAt.isPresent();
    }

    /** Fit for logs: no address, no name. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + role + "]";
    }
}
