package express.polaris.console.overview;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.console.ConsolePages;
import express.polaris.web.WithoutSnapshot;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Page {@code /operator/health}: what works, what does not, and what to do about it. */
@Controller
class HealthController {

    private final HealthChecks checks;
    private final ConsolePages pages;
    private final Clock clock;

    HealthController(HealthChecks checks, ConsolePages pages, Clock clock) {
        this.checks = checks;
        this.pages = pages;
        this.clock = clock;
    }

    @WithoutSnapshot
    @GetMapping("/operator/health")
    ResponseEntity<byte[]> health(@SignedInAccount Account operator, CsrfToken csrf) {
        var shell = pages.shell(operator, csrf, "nav.console.health");
        var now = clock.instant();
        return pages.render(
                "console/health.jte", new HealthPage(shell, now, checks.all(shell.texts(), shell.format(), now)));
    }
}
