package express.polaris.console.people;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.StatementService;
import express.polaris.console.ConsolePages;
import express.polaris.documents.Format;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's terms of reimbursement and employer statements. */
@Controller
@RequestMapping("/operator/drivers/{id}/reimbursement")
class ReimbursementController {

    private static final String TEMPLATE = "console/drivers/reimbursement.jte";
    private static final int STATEMENTS = 100;

    private final AccountService accounts;
    private final ReimbursementService terms;
    private final StatementService statements;
    private final ReimbursementFormBuilder forms;
    private final ConsolePages pages;

    ReimbursementController(
            AccountService accounts,
            ReimbursementService terms,
            StatementService statements,
            ReimbursementFormBuilder forms,
            ConsolePages pages) {
        this.accounts = accounts;
        this.terms = terms;
        this.statements = statements;
        this.forms = forms;
        this.pages = pages;
    }

    @GetMapping
    ResponseEntity<byte[]> page(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var driver = driver(id);
        var notice = AfterForm.success(done, "employer.terms.", Texts.of(operator.locale()));
        var shell = pages.shell(operator, csrf, DriverController.NAVIGATION, notice);
        var format = new Format(operator.locale(), driver.timeZone());
        var form = forms.of(driver.id(), terms.of(driver.id()), format);
        return pages.render(TEMPLATE, page(shell, driver, form));
    }

    @PostMapping
    ResponseEntity<byte[]> save(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> form,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var driver = driver(id);
        var wish = ReimbursementForm.wish(form);
        try {
            terms.change(operator.id(), driver.id(), wish);
            return AfterForm.seeOther("/operator/drivers/" + id + "/reimbursement?done=saved");
        } catch (InvalidInput refused) {
            var notice = AfterForm.refusal(Texts.of(operator.locale()).get("account.fault"));
            var shell = pages.shell(operator, csrf, DriverController.NAVIGATION, Optional.of(notice));
            var faults = pages.refusals(operator).faults(refused);
            var again = forms.of(driver.id(), terms.of(driver.id()), wish, faults);
            return pages.render(HttpStatus.UNPROCESSABLE_CONTENT, TEMPLATE, page(shell, driver, again));
        }
    }

    private ReimbursementPage page(Shell shell, Account driver, ReimbursementForm form) {
        return new ReimbursementPage(
                shell, driver, terms.of(driver.id()), form, statements.page(driver.id(), Optional.empty(), STATEMENTS));
    }

    private Account driver(long id) {
        return accounts.find(new AccountId(id)).orElseThrow(NotFound::new);
    }
}
