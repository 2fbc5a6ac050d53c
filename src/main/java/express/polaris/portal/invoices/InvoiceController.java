package express.polaris.portal.invoices;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.documents.InvoiceNumber;
import express.polaris.documents.InvoiceView;
import express.polaris.documents.InvoiceViewBuilder;
import express.polaris.platform.refusals.NotFound;
import express.polaris.portal.PortalPages;
import express.polaris.web.Shell;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A driver's own invoices: the list and one invoice. */
@Controller
class InvoiceController {

    private static final int ROWS = 24;

    private final InvoiceService invoices;
    private final InvoiceViewBuilder views;
    private final PortalPages pages;
    private final Clock clock;

    InvoiceController(InvoiceService invoices, InvoiceViewBuilder views, PortalPages pages, Clock clock) {
        this.invoices = invoices;
        this.views = views;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/invoices")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String before, @SignedInAccount Account account, CsrfToken csrf) {
        var found = invoices.page(Optional.of(account.id()), InvoiceNumber.parse(before), ROWS + 1);
        var shown = found.subList(0, Math.min(found.size(), ROWS));
        var shell = shell(account, csrf);
        var page = new InvoiceListPage(
                shell,
                today(account),
                shown.stream()
                        .map(invoice -> views.of(invoice, shell.texts(), shell.format()))
                        .toList(),
                found.size() > ROWS
                        ? Optional.of("/invoices?before=" + shown.getLast().number())
                        : Optional.empty());
        return pages.render("invoices/list.jte", page);
    }

    @GetMapping("/invoices/{number}")
    ResponseEntity<byte[]> page(@PathVariable String number, @SignedInAccount Account account, CsrfToken csrf) {
        var invoice = InvoiceNumber.parse(number)
                .flatMap(parsed -> invoices.find(parsed, account.id()))
                .orElseThrow(NotFound::new);
        var shell = shell(account, csrf);
        InvoiceView view = views.of(invoice, shell.texts(), shell.format());
        return pages.render("invoices/invoice.jte", new InvoicePage(shell, today(account), view));
    }

    private Shell shell(Account account, CsrfToken csrf) {
        return pages.shell(account, csrf, "nav.invoices");
    }

    private LocalDate today(Account account) {
        return LocalDate.ofInstant(clock.instant(), account.timeZone());
    }
}
