package express.polaris.portal.statements;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.statements.ReimbursementService;
import express.polaris.billing.statements.StatementNumber;
import express.polaris.billing.statements.StatementService;
import express.polaris.documents.Format;
import express.polaris.documents.StatementView;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.PortalPages;
import express.polaris.web.Shell;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's own employer statements: the list, one statement, and a year's summary. */
@Controller
class StatementsController {

    static final String NAVIGATION = "nav.invoices";

    private static final int ROWS = 24;

    private final StatementService statements;
    private final ReimbursementService terms;
    private final PortalPages pages;

    StatementsController(StatementService statements, ReimbursementService terms, PortalPages pages) {
        this.statements = statements;
        this.terms = terms;
        this.pages = pages;
    }

    @GetMapping("/statements")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String before, @SignedInAccount Account account, CsrfToken csrf) {
        var found = statements.page(account.id(), StatementNumber.parse(before), ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var page = new StatementListPage(
                shell(account, csrf),
                terms.of(account.id()),
                shown,
                statements.years(account.id()),
                found.size() > ROWS
                        ? Optional.of("/statements?before=" + shown.getLast().number())
                        : Optional.empty());
        return pages.render("statements/list.jte", page);
    }

    @GetMapping("/statements/{number}")
    ResponseEntity<byte[]> page(@PathVariable String number, @SignedInAccount Account account, CsrfToken csrf) {
        var statement = statements.find(number, account.id()).orElseThrow(NotFound::new);
        var others = statements.ofMonth(account.id(), statement.month()).stream()
                .filter(other -> !other.equals(statement.number()))
                .toList();
        var format = new Format(account.locale(), statement.zone());
        return pages.render(
                "statements/statement.jte",
                new StatementDocumentPage(shell(account, csrf), format, StatementView.of(statement), others));
    }

    @GetMapping("/statements/years/{year}")
    ResponseEntity<byte[]> year(@PathVariable String year, @SignedInAccount Account account, CsrfToken csrf) {
        if (!year.matches("[12]\\d{3}")) {
            throw new NotFound();
        }
        return pages.render(
                "statements/year.jte",
                new YearPage(shell(account, csrf), statements.year(account.id(), Integer.parseInt(year))));
    }

    private Shell shell(Account account, CsrfToken csrf) {
        return pages.shell(account, csrf, NAVIGATION);
    }
}
