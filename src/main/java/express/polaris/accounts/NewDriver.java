package express.polaris.accounts;

import java.util.Optional;

/**
 * Data of a driver to create; validated by {@link AccountService#createDriver}.
 *
 * @param password absent: no sign-in with a password yet
 * @param locale a language tag; absent: English
 * @param timeZone absent: the installation's
 */
public record NewDriver(
        String email, String name, Optional<String> password, Optional<String> locale, Optional<String> timeZone) {

    @Override
    public String toString() {
        return "NewDriver";
    }
}
