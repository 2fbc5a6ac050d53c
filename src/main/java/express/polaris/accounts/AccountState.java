package express.polaris.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether somebody uses their account. */
public enum AccountState {
    ACTIVE,
    /** Has no password, and has not signed in without one either. */
    INVITED,
    DISABLED;

    /** As it stands in addresses. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AccountState> parse(String text) {
        return Stream.of(values())
                .filter(state -> state.wireName().equals(text))
                .findFirst();
    }
}
