package express.polaris.console.people;

import express.polaris.accounts.AccountId;
import express.polaris.accounts.LinkedIdentities;
import express.polaris.accounts.oidc.SingleSignOn;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads the identity at the issuer of single sign-on that an account is linked to. */
@Component
class LinkedIdentityReader {

    private final LinkedIdentities identities;
    private final SingleSignOn singleSignOn;

    LinkedIdentityReader(LinkedIdentities identities, SingleSignOn singleSignOn) {
        this.identities = identities;
        this.singleSignOn = singleSignOn;
    }

    Optional<DriverPage.Linked> of(AccountId account) {
        return identities.of(account).stream()
                .map(identity -> new DriverPage.Linked(
                        singleSignOn.name(),
                        identity.issuer(),
                        identity.linkedAt(),
                        identity.confirmedAt(),
                        identities.givesRole(account)))
                .findFirst();
    }
}
