package express.polaris.portal;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Renders the charging banner alone, for a page that was loaded before the session started. */
@Controller
class ActiveSessionController {

    private final PortalPages pages;

    ActiveSessionController(PortalPages pages) {
        this.pages = pages;
    }

    /**
     * @param back URL of the page that shows the banner
     */
    @GetMapping("/charging")
    ResponseEntity<byte[]> banner(
            @RequestParam(defaultValue = "") String back, @SignedInAccount Account account, CsrfToken csrf) {
        var shell = pages.shell(account, csrf, "").backTo(ReturnPath.parse(back).orElse(""));
        return pages.render("parts/charging.jte", shell);
    }
}
