package express.polaris.documents;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import express.polaris.accounts.Account;
import express.polaris.billing.invoicing.Invoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Renders invoices as PDF: A4, tagged (PDF/UA), with embedded fonts and no external resources. */
@Component
public class InvoicePdf {

    /** Concurrent layouts. Each takes some megabytes, and more at once would not finish sooner. */
    private static final int AT_ONCE = 2;

    private static final String FONTS = "/com/formdev/flatlaf/fonts/roboto/";

    private final InvoiceViewBuilder views;
    private final Templates templates;
    private final byte[] regular = font("Roboto-Regular.ttf");
    private final byte[] bold = font("Roboto-Medium.ttf");
    private final Semaphore turns = new Semaphore(AT_ONCE);

    InvoicePdf(InvoiceViewBuilder views, Templates templates) {
        this.views = views;
        this.templates = templates;
        XRLog.setLoggingEnabled(false);
    }

    /** Values of the PDF template. */
    public record InvoiceDocument(Texts texts, Format format, InvoiceView invoice) {}

    /** Renders in the reader's language, formats and zone; blocks while two other layouts run. */
    public byte[] of(Invoice invoice, Account reader) {
        var texts = Texts.of(reader.locale());
        var format = new Format(reader.locale(), reader.timeZone());
        var document = new InvoiceDocument(texts, format, views.of(invoice, texts, format));
        var html = withoutControls(new String(templates.html("invoices/pdf.jte", document), StandardCharsets.UTF_8));
        turns.acquireUninterruptibly();
        try {
            return pdf(html);
        } finally {
            turns.release();
        }
    }

    /** Response that a browser displays inline. */
    public ResponseEntity<byte[]> response(Invoice invoice, Account reader) {
        var body = of(invoice, reader);
        var name = Texts.of(reader.locale()).get("invoice.fileName", invoice.number());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline().filename(name).build().toString())
                .contentLength(body.length)
                .body(body);
    }

    private byte[] pdf(String html) {
        var out = new ByteArrayOutputStream();
        try {
            var builder = new PdfRendererBuilder();
            builder.useFont(() -> new ByteArrayInputStream(regular), "Roboto", 400, FontStyle.NORMAL, true);
            builder.useFont(() -> new ByteArrayInputStream(bold), "Roboto", 700, FontStyle.NORMAL, true);
            builder.usePdfUaAccessibility(true);
            builder.withProducer("Polaris Express");
            builder.withHtmlContent(html, "");
            builder.toStream(out);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Removes control characters and unpaired surrogates, which XML does not allow. */
    private static String withoutControls(String html) {
        return html.codePoints()
                .filter(point -> point == '\n'
                        || point == '\t'
                        || point >= ' ' && point != 0xFFFE && point != 0xFFFF && (point < 0xD800 || point > 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] font(String file) {
        try (InputStream in = InvoicePdf.class.getResourceAsStream(FONTS + file)) {
            if (in == null) {
                throw new IllegalStateException("The typeface " + file + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
