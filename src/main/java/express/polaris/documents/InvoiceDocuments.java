package express.polaris.documents;

import express.polaris.accounts.Account;
import express.polaris.accounts.AccountService;
import express.polaris.billing.invoicing.Invoice;
import express.polaris.documents.InvoicePdf.Documents;
import express.polaris.platform.refusals.Conflict;
import express.polaris.platform.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;

/**
 * PDF and e-invoice of finalized invoices. They are made once, in the language and time zone that the recipient has
 * then, and the same bytes are served ever after. The caller must have checked that the reader may see the invoice.
 */
@Service
public class InvoiceDocuments {

    private final InvoiceDocumentRepository repository;
    private final InvoicePdf pdf;
    private final AccountService accounts;
    private final ZoneId zone;
    private final Clock clock;

    InvoiceDocuments(
            InvoiceDocumentRepository repository,
            InvoicePdf pdf,
            AccountService accounts,
            Settings settings,
            Clock clock) {
        this.repository = repository;
        this.pdf = pdf;
        this.accounts = accounts;
        this.zone = settings.timeZone();
        this.clock = clock;
    }

    /**
     * Response with the PDF, which a browser displays inline.
     *
     * @param invoice finalized
     * @param reader for the language of the file's name
     */
    public ResponseEntity<byte[]> pdf(Invoice invoice, Account reader) {
        var name = Texts.of(reader.locale()).get("invoice.fileName", invoice.number());
        return response(
                MediaType.APPLICATION_PDF,
                ContentDisposition.inline(),
                name,
                made(invoice).pdf());
    }

    /**
     * Response with the e-invoice (EN 16931, syntax CII) as a download.
     *
     * @param invoice finalized
     * @param reader for the language of the file's name
     * @throws Conflict if the invoice has no e-invoice; says why
     */
    public ResponseEntity<byte[]> xml(Invoice invoice, Account reader) {
        var obstacle = EInvoice.obstacle(invoice);
        if (obstacle.isPresent()) {
            throw new Conflict(obstacle.get().with(invoice.number()));
        }
        var name = Texts.of(reader.locale()).get("invoice.xmlFileName", invoice.number());
        return response(
                MediaType.APPLICATION_XML,
                ContentDisposition.attachment(),
                name,
                made(invoice).xml().orElseThrow());
    }

    /** Returns the stored documents; makes and stores them first if need be. */
    Documents made(Invoice invoice) {
        if (invoice.status() == Invoice.Status.PREPARED) {
            throw new IllegalArgumentException("Invoice " + invoice.number() + " is not final");
        }
        return repository.find(invoice.number()).orElseGet(() -> {
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            repository.store(invoice.number(), make(invoice, now), now);
            return repository.find(invoice.number()).orElseThrow();
        });
    }

    private Documents make(Invoice invoice, Instant now) {
        var format = accounts.find(invoice.driver())
                .map(account -> new Format(account.locale(), account.timeZone()))
                .orElse(new Format(Texts.LANGUAGES.getFirst(), zone));
        return pdf.of(invoice, format, now);
    }

    private static ResponseEntity<byte[]> response(
            MediaType type, ContentDisposition.Builder disposition, String name, byte[] body) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        disposition.filename(name).build().toString())
                .contentLength(body.length)
                .body(body);
    }
}
