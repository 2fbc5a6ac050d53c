package express.polaris.documents;

import express.polaris.billing.invoicing.Invoice;
import express.polaris.billing.parties.Logo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Renders invoices as PDF: A4 with the address in a window (DIN 5008, form B), and the e-invoice inside. */
@Component
public class InvoicePdf {

    private final InvoiceViewBuilder views;
    private final Templates templates;
    private final PdfRenderer renderer;

    InvoicePdf(InvoiceViewBuilder views, Templates templates, PdfRenderer renderer) {
        this.views = views;
        this.templates = templates;
        this.renderer = renderer;
    }

    /**
     * Values of the PDF template.
     *
     * @param logo as {@code data:} URI
     * @param code payment code as {@code data:} URI
     */
    public record InvoiceDocument(
            Texts texts, Format format, InvoiceView invoice, Optional<String> logo, Optional<String> code) {}

    /**
     * PDF and XML of one invoice.
     *
     * @param xml empty if {@link EInvoice#obstacle} says why
     */
    record Documents(byte[] pdf, Optional<byte[]> xml) {}

    /**
     * Renders in the format's language; blocks while two other layouts run.
     *
     * @param made time for the embedded file
     */
    Documents of(Invoice invoice, Format format, Instant made) {
        var texts = Texts.of(format.locale());
        var view = views.of(invoice, texts, format);
        var xml = EInvoice.of(invoice, new InvoiceWords(texts, format), view.dates());
        var document = new InvoiceDocument(
                texts,
                format,
                view,
                view.parties().sender().flatMap(InvoiceView.Sender::logo).map(InvoicePdf::dataUri),
                view.payment().flatMap(InvoiceView.Payment::code).map(QrCode::dataUri));
        var html = new String(templates.html("invoices/pdf.jte", document), StandardCharsets.UTF_8);
        return new Documents(
                renderer.render(html, xml.map(EInvoice.Xml::embedded), made), xml.map(EInvoice.Xml::alone));
    }

    private static String dataUri(Logo logo) {
        return "data:" + logo.mediaType() + ";base64," + Base64.getEncoder().encodeToString(logo.content());
    }
}
