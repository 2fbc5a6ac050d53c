package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.Role;
import express.polaris.accounts.SignedInAccount;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The account that makes the call. */
@RestController
class MeApi {

    record Me(long id, String email, String name, Role role, String locale, String timeZone) {

        static Me of(Account account) {
            return new Me(
                    account.id().value(),
                    account.email(),
                    account.name(),
                    account.role(),
                    account.locale().toLanguageTag(),
                    account.timeZone().getId());
        }
    }

    @GetMapping("/api/v1/me")
    Me me(@SignedInAccount Account account) {
        return Me.of(account);
    }
}
