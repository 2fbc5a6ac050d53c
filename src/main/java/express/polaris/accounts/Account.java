package express.polaris.accounts;

import express.polaris.units.Consumption;
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
 * @param consumption of this person's car; absent: energy is not read as distance
 */
public record Account(
        AccountId id,
        String email,
        String name,
        Role role,
        Locale locale,
        ZoneId timeZone,
        Optional<Instant> disabledAt,
        Optional<Consumption> consumption) {

    /** Of somebody who does not read energy as distance. */
    public Account(
            AccountId id,
            String email,
            String name,
            Role role,
            Locale locale,
            ZoneId timeZone,
            Optional<Instant> disabledAt) {
        this(id, email, name, role, locale, timeZone, disabledAt, Optional.empty());
    }

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
