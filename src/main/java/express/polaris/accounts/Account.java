package express.polaris.accounts;

import express.polaris.units.Consumption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Account of a person who may sign in.
 *
 * @param email as entered; compared case-insensitively
 * @param timeZone zone in which times are displayed to this person
 * @param disabledAt absent for an account that may sign in
 * @param consumption consumption of this person's car; absent: energy is not shown as distance
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

    /** Creates an account without a consumption: energy is not shown as distance. */
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

    Account with(Role other) {
        return new Account(id, email, name, other, locale, timeZone, disabledAt, consumption);
    }

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }

    public boolean isDisabled() {
        return disabledAt.isPresent();
    }

    /** Safe for logs: contains neither e-mail address nor name. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + role + "]";
    }
}
