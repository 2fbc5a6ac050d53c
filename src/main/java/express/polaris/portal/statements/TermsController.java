package express.polaris.portal.statements;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.portal.PortalPages;
import express.polaris.web.AfterForm;
import express.polaris.web.Shell;
import express.polaris.web.views.ReimbursementForm;
import express.polaris.web.views.ReimbursementFormBuilder;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's own terms of reimbursement. */
@Controller
class TermsController {

    private static final String TEMPLATE = "statements/terms.jte";

    private final ReimbursementService terms;
    private final ReimbursementFormBuilder forms;
    private final PortalPages pages;

    TermsController(ReimbursementService terms, ReimbursementFormBuilder forms, PortalPages pages) {
        this.terms = terms;
        this.forms = forms;
        this.pages = pages;
    }

    @GetMapping("/statements/terms")
    ResponseEntity<byte[]> page(
            @RequestParam(defaultValue = "") String done, @SignedInAccount Account account, CsrfToken csrf) {
        var stored = terms.of(account.id());
        var format = new Format(account.locale(), account.timeZone());
        var notice = AfterForm.success(done, "employer.terms.", Texts.of(account.locale()));
        var shell = pages.shell(account, csrf, StatementsController.NAVIGATION, notice);
        return pages.render(TEMPLATE, new TermsPage(shell, stored, forms.of(account.id(), stored, format)));
    }

    @PostMapping("/statements/terms")
    ResponseEntity<byte[]> save(
            @RequestParam MultiValueMap<String, String> form, @SignedInAccount Account account, CsrfToken csrf) {
        var wish = ReimbursementForm.wish(form);
        try {
            terms.changeOwn(account.id(), wish);
            return AfterForm.seeOther("/statements/terms?done=saved");
        } catch (InvalidInput refused) {
            var stored = terms.of(account.id());
            var faults = PortalPages.refusals(account).faults(refused);
            var notice = AfterForm.refusal(Texts.of(account.locale()).get("account.fault"));
            Shell shell = pages.shell(account, csrf, StatementsController.NAVIGATION, Optional.of(notice));
            return pages.render(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    TEMPLATE,
                    new TermsPage(shell, stored, forms.of(account.id(), stored, wish, faults)));
        }
    }
}
