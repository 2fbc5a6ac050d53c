package express.polaris.api;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountId;
import express.polaris.accounts.SignedInAccount;
import express.polaris.billing.invoicing.CancellationService;
import express.polaris.billing.invoicing.Credit;
import express.polaris.billing.invoicing.HeldInvoices;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.invoicing.InvoiceService;
import express.polaris.billing.invoicing.OperatorInvoices;
import express.polaris.documents.InvoiceDocuments;
import express.polaris.documents.InvoiceNumber;
import express.polaris.platform.refusals.InvalidInput;
import express.polaris.platform.refusals.NotFound;
import express.polaris.sessions.SessionId;
import express.polaris.web.WithoutSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invoices and credits, for operators. */
@RestController
@RequestMapping("/api/v1/operator")
class OperatorInvoicesApi {

    private static final AccountId NOBODY = new AccountId(0);

    private final InvoiceService invoices;
    private final OperatorInvoices changes;
    private final CancellationService cancellations;
    private final InvoiceDocuments documents;

    OperatorInvoicesApi(
            InvoiceService invoices,
            OperatorInvoices changes,
            CancellationService cancellations,
            InvoiceDocuments documents) {
        this.invoices = invoices;
        this.changes = changes;
        this.cancellations = cancellations;
        this.documents = documents;
    }

    /** @param until ISO-8601 with an offset */
    record Run(Optional<String> until) {}

    /**
     * Result of an invoice run.
     *
     * @param until the run covers periods that ended by this instant
     * @param invoices number of invoices issued
     * @param held due invoices that are held back, with the reason
     */
    record RunDone(Instant until, int invoices, List<Held> held) {}

    record Held(long subscriptionId, String because) {

        static Held of(HeldInvoices.Held held) {
            return new Held(held.subscription().value(), held.because().english());
        }
    }

    /**
     * @param amount decimal number above zero, as string or number, excluding VAT
     */
    record WantedCredit(
            Optional<Long> driverId, Optional<Object> amount, Optional<String> reason, Optional<Long> sessionId) {}

    /**
     * @param invoice number of the invoice that includes the credit; null until there is one
     */
    record GrantedCredit(
            long id,
            long driverId,
            BigDecimal amount,
            String currency,
            String reason,
            Optional<Long> sessionId,
            Instant createdAt,
            Optional<String> invoice) {

        static GrantedCredit of(Credit credit) {
            return new GrantedCredit(
                    credit.id(),
                    credit.driver().value(),
                    credit.amount(),
                    credit.currency().getCurrencyCode(),
                    credit.reason(),
                    credit.session().map(SessionId::value),
                    credit.createdAt(),
                    credit.invoice());
        }
    }

    /**
     * @param replace whether an invoice with the same lines takes its place; false by default
     */
    record Cancel(Optional<String> reason, Optional<Boolean> replace) {}

    record CancelledInvoice(InvoiceJson cancellation, Optional<InvoiceJson> replacement) {}

    /** Newest first. */
    @GetMapping("/invoices")
    @Operation(summary = "All invoices, newest first")
    CursorPage<InvoiceJson> list(
            @RequestParam Optional<String> driverId,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<String> limit) {
        int most = CursorPage.limit(limit);
        var driver =
                driverId.map(text -> PathIds.parse(text).map(AccountId::new).orElse(NOBODY));
        var found = invoices.pageWithLines(driver, CursorPage.keyIn(cursor), most + 1);
        return CursorPage.byKey(
                found, found.stream().map(InvoiceJson::forOperators).toList(), most, Invoice::number);
    }

    @GetMapping("/invoices/{number}")
    @Operation(summary = "One invoice with its lines")
    InvoiceJson invoice(@PathVariable String number) {
        return InvoiceJson.forOperators(existing(number));
    }

    @GetMapping(
            path = "/invoices/{number}.pdf",
            produces = {MediaType.APPLICATION_PDF_VALUE, MediaType.ALL_VALUE})
    @Operation(summary = "One invoice as PDF", description = "409 while the invoice is prepared.")
    @WithoutSnapshot
    ResponseEntity<byte[]> pdf(@PathVariable String number, @SignedInAccount Account operator) {
        return documents.pdf(invoices.issued(existing(number)), operator);
    }

    @GetMapping(
            path = "/invoices/{number}.xml",
            produces = {MediaType.APPLICATION_XML_VALUE, MediaType.ALL_VALUE})
    @Operation(
            summary = "One invoice as e-invoice (EN 16931)",
            description = "XRechnung if the issuer has a phone number. 409 if the invoice lacks what the norm demands.")
    @WithoutSnapshot
    ResponseEntity<byte[]> xml(@PathVariable String number, @SignedInAccount Account operator) {
        return documents.xml(invoices.issued(existing(number)), operator);
    }

    @PostMapping("/invoices/run")
    @Operation(
            summary = "Create the invoices that are due",
            description = "For every period that ended by `until`, which is at the latest (and by default) 6 h ago.")
    RunDone run(@RequestBody(required = false) Optional<Run> run, @SignedInAccount Account operator) {
        var done = changes.run(operator.id(), run.flatMap(Run::until).map(OperatorInvoicesApi::instant));
        return new RunDone(
                done.until(),
                done.invoices(),
                done.held().stream().map(Held::of).toList());
    }

    @PostMapping("/credits")
    @Operation(
            summary = "Grant a credit",
            description =
                    "In the currency of the driver's latest plan. It is on the next invoice, or on its own invoice if "
                            + "none follows within 31 days.")
    @ResponseStatus(HttpStatus.CREATED)
    GrantedCredit grant(@RequestBody WantedCredit wanted, @SignedInAccount Account operator) {
        return GrantedCredit.of(changes.grant(
                operator.id(),
                wanted.driverId().map(AccountId::new).orElse(NOBODY),
                wanted.amount().map(String::valueOf).orElse(""),
                wanted.reason().orElse(""),
                wanted.sessionId().map(SessionId::new)));
    }

    /** An invoice that is already paid keeps its payment date. */
    @PostMapping("/invoices/{number}/paid")
    @Operation(summary = "Mark an invoice as paid")
    InvoiceJson paid(@PathVariable String number, @SignedInAccount Account operator) {
        var invoice = existing(number).number();
        return InvoiceJson.forOperators(changes.markPaid(operator.id(), invoice));
    }

    /** A cancelled invoice stays, with its documents. */
    @PostMapping("/invoices/{number}/cancel")
    @Operation(
            summary = "Cancel an invoice",
            description =
                    "Draws up a credit note over the whole invoice and, with `replace`, an invoice with the same lines"
                            + " for the issuer and billing address of today.")
    @ResponseStatus(HttpStatus.CREATED)
    CancelledInvoice cancel(
            @PathVariable String number, @RequestBody Cancel wanted, @SignedInAccount Account operator) {
        var cancelled = cancellations.cancel(
                operator.id(),
                existing(number).number(),
                wanted.reason().orElse(""),
                wanted.replace().orElse(false));
        return new CancelledInvoice(
                InvoiceJson.forOperators(cancelled.cancellation()),
                cancelled.replacement().map(InvoiceJson::forOperators));
    }

    @PostMapping("/invoices/{number}/replace")
    @Operation(
            summary = "Replace an invoice that was cancelled without a replacement",
            description =
                    "The replacement has the lines of the invoice but for credits, what has changed since in its"
                            + " billing periods, and open credits. 409 if the invoice is not cancelled, or is replaced already.")
    @ResponseStatus(HttpStatus.CREATED)
    InvoiceJson replace(@PathVariable String number, @SignedInAccount Account operator) {
        return InvoiceJson.forOperators(
                cancellations.replace(operator.id(), existing(number).number()));
    }

    private Invoice existing(String number) {
        return InvoiceNumber.parse(number).flatMap(invoices::find).orElseThrow(NotFound::new);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw InvalidInput.of("until", ApiReason.INSTANT.with());
        }
    }
}
