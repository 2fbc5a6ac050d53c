package express.polaris.portal.account;

import express.polaris.accounts.AccountPasswords;
import express.polaris.accounts.SignedIn;
import express.polaris.accounts.access.SignInService;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.TooMany;
import express.polaris.portal.PortalPages;
import express.polaris.portal.signin.SignInStepPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Data export and deletion of the viewer's own account. */
@Controller
class AccountDataController {

    private final AccountData data;
    private final AccountRemoval removal;
    private final AccountPasswords passwords;
    private final SignInService signIns;
    private final AccessReader access;
    private final AccountPageBuilder views;
    private final PortalPages pages;

    AccountDataController(
            AccountData data,
            AccountRemoval removal,
            AccountPasswords passwords,
            SignInService signIns,
            AccessReader access,
            AccountPageBuilder views,
            PortalPages pages) {
        this.data = data;
        this.removal = removal;
        this.passwords = passwords;
        this.signIns = signIns;
        this.access = access;
        this.views = views;
        this.pages = pages;
    }

    @GetMapping("/account/data.json")
    void download(@AuthenticationPrincipal SignedIn who, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"polaris-data.json\"");
        data.write(who, response.getOutputStream());
    }

    /** Deletes the account. Needs the password, or a sign-in within the last ten minutes. */
    @PostMapping("/account/delete")
    ResponseEntity<?> delete(
            @RequestParam(defaultValue = "") String currentPassword,
            @AuthenticationPrincipal SignedIn who,
            HttpServletRequest request,
            CsrfToken csrf) {
        try {
            if (!currentPassword.isEmpty() || !access.isFresh(request)) {
                passwords.prove(who.account().id(), currentPassword);
            }
            removal.remove(who.account().id());
            signIns.end(request);
            var shell = pages.signedOutShell(who.account().locale(), csrf);
            return pages.render("signin/step.jte", new SignInStepPage(shell, SignInStepPage.Step.DELETED, "", ""));
        } catch (InvalidInput refused) {
            var faults = PortalPages.refusals(who.account()).faults(refused).named(field -> "deletePassword");
            return again(HttpStatus.UNPROCESSABLE_CONTENT, views.withFaults(who, request, csrf, faults));
        } catch (TooMany tooMany) {
            return again(HttpStatus.TOO_MANY_REQUESTS, views.refused(who, request, csrf, tooMany));
        } catch (Conflict conflict) {
            var why = Texts.of(who.account().locale()).get("account.delete.conflict");
            return again(HttpStatus.CONFLICT, views.refused(who, request, csrf, why));
        }
    }

    private ResponseEntity<byte[]> again(HttpStatus status, AccountPage page) {
        return pages.render(status, AccountController.TEMPLATE, page);
    }
}
