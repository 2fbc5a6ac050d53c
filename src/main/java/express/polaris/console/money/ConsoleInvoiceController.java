package express.polaris.console.money;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.AccountService;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.CancellationService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.OperatorInvoices;
import express.polaris.console.ConsolePages;
import express.polaris.console.ConsoleReason;
import express.polaris.console.TypedText;
import express.polaris.documents.InvoiceNumber;
import express.polaris.documents.InvoiceViewBuilder;
import express.polaris.documents.Texts;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.AfterForm;
import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import express.polaris.web.views.ConsolePaths;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Invoices of all drivers: the list, one invoice, and an operator's actions. */
@Controller
class ConsoleInvoiceController {

    private static final String ACTIVE = "nav.console.invoices";

    private final InvoiceService invoices;
    private final InvoiceOverviewBuilder overviews;
    private final OperatorInvoices changes;
    private final CancellationService cancellations;
    private final InvoiceViewBuilder views;
    private final AccountService accounts;
    private final ConsolePages pages;
    private final Clock clock;

    ConsoleInvoiceController(
            InvoiceService invoices,
            InvoiceOverviewBuilder overviews,
            OperatorInvoices changes,
            CancellationService cancellations,
            InvoiceViewBuilder views,
            AccountService accounts,
            ConsolePages pages,
            Clock clock) {
        this.invoices = invoices;
        this.overviews = overviews;
        this.changes = changes;
        this.cancellations = cancellations;
        this.views = views;
        this.accounts = accounts;
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/operator/invoices")
    ResponseEntity<byte[]> list(
            @RequestParam Map<String, String> parameters, @SignedInAccount Account operator, CsrfToken csrf) {
        var query = InvoiceQuery.of(parameters);
        var before = InvoiceNumber.parse(
                Optional.ofNullable(parameters.get("before")).orElse(""));
        var shell = pages.shell(operator, csrf, ACTIVE, ran(parameters, operator));
        return pages.render("console/invoices/list.jte", overviews.of(query, before, shell, today(operator)));
    }

    @GetMapping("/operator/invoices/{number}")
    ResponseEntity<byte[]> invoice(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String done,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var invoice = existing(number);
        return page(HttpStatus.OK, invoice, today(operator).toString(), FieldFaults.NONE, done, operator, csrf);
    }

    /**
     * @param paidOn day of payment in the operator's zone
     */
    @PostMapping("/operator/invoices/{number}/paid")
    ResponseEntity<?> paid(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String paidOn,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var invoice = existing(number);
        var day = TypedText.date(paidOn);
        if (day.isEmpty()) {
            var refusal = InvalidInput.of(
                    "paidOn", ConsoleReason.DAY.with(today(operator).toString()));
            return unpaid(invoice, paidOn, refusal, operator, csrf);
        }
        try {
            changes.markPaid(operator.id(), invoice.number(), day.get(), operator.timeZone());
            return AfterForm.seeOther(ConsolePaths.invoice(invoice.number()) + "?done=paid");
        } catch (InvalidInput refused) {
            return unpaid(invoice, paidOn, refused, operator, csrf);
        }
    }

    /**
     * @param replace whether an invoice with the same lines takes its place
     */
    @PostMapping("/operator/invoices/{number}/cancel")
    ResponseEntity<?> cancel(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean replace,
            @SignedInAccount Account operator,
            CsrfToken csrf) {
        var invoice = existing(number);
        try {
            var cancelled = cancellations.cancel(operator.id(), invoice.number(), reason, replace);
            var next = cancelled.replacement().orElse(cancelled.cancellation());
            return AfterForm.seeOther(
                    ConsolePaths.invoice(next.number()) + "?done=" + (replace ? "replaced" : "cancelled"));
        } catch (InvalidInput refused) {
            return unpaid(invoice, today(operator).toString(), refused, operator, csrf);
        }
    }

    /** Replaces an invoice that was cancelled without a replacement. */
    @PostMapping("/operator/invoices/{number}/replace")
    ResponseEntity<?> replace(@PathVariable String number, @SignedInAccount Account operator) {
        var replacement = cancellations.replace(operator.id(), existing(number).number());
        return AfterForm.seeOther(ConsolePaths.invoice(replacement.number()) + "?done=drawnUp");
    }

    /** Issues the invoices that are due. */
    @PostMapping("/operator/invoices/run")
    ResponseEntity<Void> run(@SignedInAccount Account operator) {
        var run = changes.run(operator.id(), Optional.empty());
        return AfterForm.seeOther("/operator/invoices?done=run&drawnUp=" + run.invoices());
    }

    private ResponseEntity<byte[]> unpaid(
            Invoice invoice, String paidOn, InvalidInput refusal, Account operator, CsrfToken csrf) {
        var faults = pages.refusals(operator).faults(refusal);
        return page(HttpStatus.UNPROCESSABLE_CONTENT, invoice, paidOn, faults, "", operator, csrf);
    }

    private ResponseEntity<byte[]> page(
            HttpStatusCode status,
            Invoice invoice,
            String paidOn,
            FieldFaults faults,
            String done,
            Account operator,
            CsrfToken csrf) {
        var shell = pages.shell(
                operator, csrf, ACTIVE, AfterForm.success(done, "console.invoice.done.", Texts.of(operator.locale())));
        AccountId driver = invoice.driver();
        var page = new InvoiceConsolePage(
                shell,
                today(operator),
                views.of(invoice, shell.texts(), shell.format()),
                accounts.find(driver).map(Account::name).orElse(invoice.recipientName()),
                ConsolePaths.driver(driver),
                ConsolePaths.with("/operator/credits", new TreeMap<>(Map.of("driver", driver.toString()))),
                paidOn,
                faults,
                InvoiceConsolePage.Life.of(
                        invoice,
                        invoice.cancelledBy().isPresent()
                                ? invoice.cancelledBy().flatMap(invoices::find)
                                : Optional.of(invoice),
                        invoices.replacementOf(invoice.number())));
        return pages.render(status, "console/invoices/invoice.jte", page);
    }

    /** Notice with the result of a run that an operator started. */
    private static Optional<Shell.Notice> ran(Map<String, String> parameters, Account operator) {
        return Optional.ofNullable(parameters.get("drawnUp"))
                .filter(text -> "run".equals(parameters.get("done")) && text.matches("\\d{1,9}"))
                .map(Long::valueOf)
                .map(count -> new Shell.Notice(
                        count == 0 ? Shell.Tone.INFO : Shell.Tone.SUCCESS,
                        count == 0
                                ? Texts.of(operator.locale()).get("console.invoice.done.runNothing")
                                : Texts.of(operator.locale()).count("console.invoice.done.run", count)));
    }

    private Invoice existing(String number) {
        return InvoiceNumber.parse(number).flatMap(invoices::find).orElseThrow(NotFound::new);
    }

    private LocalDate today(Account operator) {
        return LocalDate.ofInstant(clock.instant(), operator.timeZone());
    }
}
