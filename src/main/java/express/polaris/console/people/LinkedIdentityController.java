package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.LinkedIdentities;
import express.polaris.accounts.SignedInAccount;
import express.polaris.web.AfterForm;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Unlinks an account from the issuer of single sign-on. */
@Controller
class LinkedIdentityController {

    private final LinkedIdentities identities;

    LinkedIdentityController(LinkedIdentities identities) {
        this.identities = identities;
    }

    @PostMapping("/operator/drivers/{id}/identity/unlink")
    ResponseEntity<byte[]> unlink(@PathVariable long id, @SignedInAccount Account operator) {
        identities.unlink(Optional.of(operator.id()), new AccountId(id));
        return AfterForm.seeOther("/operator/drivers/" + id + "?done=unlinked");
    }
}
