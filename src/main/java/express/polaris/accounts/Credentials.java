package express.polaris.accounts;

import express.polaris.accounts.SignInThrottle.Key;
import express.polaris.platform.refusals.TooMany;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Verifies an e-mail address and password, with rate limits. Known and unknown addresses get the same answer and
 * cost the same work.
 */
@Service
public class Credentials {

    private final AccountRepository repository;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final KnownBrowsers browsers;

    Credentials(AccountRepository repository, Passwords passwords, SignInThrottle throttle, KnownBrowsers browsers) {
        this.repository = repository;
        this.passwords = passwords;
        this.throttle = throttle;
        this.browsers = browsers;
    }

    /**
     * Sign-in attempt.
     *
     * @param remoteAddress the client's, after trusted proxies
     * @param browser secret of a browser that signed in before
     */
    public record Attempt(String email, String password, String remoteAddress, Optional<String> browser) {

        @Override
        public String toString() {
            return "Attempt";
        }
    }

    /**
     * Returns empty when anything is wrong, without a reason.
     *
     * @throws TooMany when the account or the network address has used up its tries
     */
    public Optional<SignInRight> check(Attempt attempt) {
        var address = Key.address(attempt.remoteAddress());
        var account = Key.account(attempt.email());
        var stored = repository.findByEmail(attempt.email());
        throttle.take(address);
        if (!isKnown(attempt, stored)) {
            throttle.take(account);
        }
        boolean right = passwords.matches(attempt.password(), stored.flatMap(AccountRepository.Stored::passwordHash));
        var access = stored.map(AccountRepository.Stored::access)
                .filter(found -> right && !found.account().isDisabled());
        if (access.isPresent()) {
            throttle.giveBack(address);
            throttle.forget(account);
        }
        return access;
    }

    private boolean isKnown(Attempt attempt, Optional<AccountRepository.Stored> stored) {
        return attempt.browser().isPresent()
                && stored.isPresent()
                && browsers.knows(
                        attempt.browser().get(), stored.get().access().account().id());
    }
}
