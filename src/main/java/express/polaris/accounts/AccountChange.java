package express.polaris.accounts;

import java.util.Optional;

/** Requested change to an account; absent fields stay unchanged. Validated by {@link AccountService#change}. */
public record AccountChange(
        Optional<String> name, Optional<String> locale, Optional<String> timeZone, Optional<Boolean> disabled) {

    public static AccountChange none() {
        return new AccountChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public AccountChange withDisabled(boolean disabled) {
        return new AccountChange(name, locale, timeZone, Optional.of(disabled));
    }
}
