package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.documents.InvoiceNumber;
import express.polaris.documents.InvoicePdf;
import express.polaris.platform.refusals.NotFound;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The driver's invoices. */
@RestController
@RequestMapping("/api/v1/invoices")
class InvoicesApi {

    private final InvoiceService invoices;
    private final InvoicePdf pdf;

    InvoicesApi(InvoiceService invoices, InvoicePdf pdf) {
        this.invoices = invoices;
        this.pdf = pdf;
    }

    /** Newest first. */
    @GetMapping
    @Operation(summary = "Your invoices, newest first")
    CursorPage<InvoiceJson> list(
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit,
            @SignedInAccount Account driver) {
        int most = CursorPage.limit(limit);
        var found = invoices.pageWithLines(Optional.of(driver.id()), CursorPage.keyIn(cursor), most + 1);
        return CursorPage.byKey(found, found.stream().map(InvoiceJson::of).toList(), most, Invoice::number);
    }

    @GetMapping("/{number}")
    @Operation(summary = "One invoice with its lines")
    InvoiceJson invoice(@PathVariable String number, @SignedInAccount Account driver) {
        return InvoiceJson.of(own(number, driver));
    }

    /** Tagged A4 PDF in the driver's language. */
    @GetMapping(
            path = "/{number}.pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.ALL_VALUE})
    @Operation(summary = "One invoice as PDF", description = "409 while the invoice is prepared.")
    ResponseEntity<byte[]> pdf(@PathVariable String number, @SignedInAccount Account driver) {
        return pdf.response(invoices.issued(own(number, driver)), driver);
    }

    /** Finds the invoice only if it is the driver's. */
    private Invoice own(String number, Account driver) {
        return InvoiceNumber.parse(number)
                .flatMap(parsed -> invoices.find(parsed, driver.id()))
                .orElseThrow(NotFound::new);
    }
}
