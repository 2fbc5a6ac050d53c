package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.documents.InvoiceDocuments;
import express.polaris.documents.InvoiceNumber;
import express.polaris.platform.refusals.NotFound;
import express.polaris.web.WithoutSnapshot;
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
    private final InvoiceDocuments documents;

    InvoicesApi(InvoiceService invoices, InvoiceDocuments documents) {
        this.invoices = invoices;
        this.documents = documents;
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

    /** Tagged A4 PDF/A-3, in the language that the driver had when it was made. */
    @GetMapping(
            path = "/{number}.pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.ALL_VALUE})
    @Operation(summary = "One invoice as PDF", description = "409 while the invoice is prepared.")
    @WithoutSnapshot
    ResponseEntity<byte[]> pdf(@PathVariable String number, @SignedInAccount Account driver) {
        return documents.pdf(invoices.issued(own(number, driver)), driver);
    }

    @GetMapping(
            path = "/{number}.xml",
            produces = {MediaType.APPLICATION_XML_VALUE, MediaType.ALL_VALUE})
    @Operation(
            summary = "One invoice as e-invoice (EN 16931)",
            description = "XRechnung if the issuer has a phone number. 409 if the invoice lacks what the norm demands.")
    @WithoutSnapshot
    ResponseEntity<byte[]> xml(@PathVariable String number, @SignedInAccount Account driver) {
        return documents.xml(invoices.issued(own(number, driver)), driver);
    }

    /** Finds the invoice only if it is the driver's. */
    private Invoice own(String number, Account driver) {
        return InvoiceNumber.parse(number)
                .flatMap(parsed -> invoices.find(parsed, driver.id()))
                .orElseThrow(NotFound::new);
    }
}
