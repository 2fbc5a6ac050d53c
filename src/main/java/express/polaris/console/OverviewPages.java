package express.polaris.console;

import express.polaris.accounts.Account;
import express.polaris.accounts.CurrentAccount;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Whether all is well, at a glance. */
@Controller
class OverviewPages {

    private final ConsoleKit kit;

    OverviewPages(ConsoleKit kit) {
        this.kit = kit;
    }

    @GetMapping("/operator")
    ResponseEntity<byte[]> overview(@CurrentAccount Account operator, CsrfToken csrf) {
        var shell = kit.shells().of(operator, csrf, "nav.console.overview", Optional.empty());
        return kit.pages().render("console/overview.jte", new OverviewPage(shell));
    }
}
