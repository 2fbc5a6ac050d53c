package express.polaris.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** State of an account as shown to operators. */
public enum AccountState {
    ACTIVE,
    /** Has no password and no known browser, i.e. has not signed in. */
    INVITED,
    DISABLED;

    /** The name used in URLs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AccountState> parse(String text) {
        return Stream.of(values())
                .filter(state -> state.wireName().equals(text))
                .findFirst();
    }
}
